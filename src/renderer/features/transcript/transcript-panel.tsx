import { AudioLines, X } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Asset, AssetId } from '#shared/model/index.ts';
import { EmptyState, IconButton, Panel, SearchInput, Segmented, Spinner, useCommands } from '../../ui/index.ts';
import { useEditor } from '../timeline/editor-model.ts';
import { type TimelineView, timelineView } from '../timeline/model/lanes.ts';
import { CaptionNotice } from './caption-notice.tsx';
import { FillersTool } from './fillers-tool.tsx';
import { JobNotice } from './job-notice.tsx';
import { MakeCaptionsButton } from './make-captions-button.tsx';
import { findWords, heardMedia, type Script, scriptOf } from './model/script.ts';
import type { WordSelection } from './model/selection.ts';
import { PausesTool } from './pauses-tool.tsx';
import { ScriptView } from './script-view.tsx';
import { SpeechOffer } from './speech-offer.tsx';
import { TranscriptMenu } from './transcript-menu.tsx';
import { useMakeCaptions } from './use-make-captions.ts';
import { type ScriptActions, useScriptActions } from './use-script-actions.ts';
import { wordElement } from './use-script-gestures.ts';
import { useTranscripts } from './use-transcripts.ts';

type View = 'words' | 'pauses' | 'fillers';

/** What is said on the timeline shown: read, followed, corrected, cut by its words, pauses and fillers, made into captions. */
export function TranscriptPanel({ onClose }: { onClose: () => void }) {
  const { base, target, assets, selectedItems } = useEditor();
  // Without an edit under way: words must not move about while a clip is dragged.
  const view = useMemo(() => timelineView(base, target), [base, target]);
  const heard = useHeard(view, assets);
  const transcripts = useTranscripts(heard);
  const script = useMemo(() => scriptOf(view, transcripts.words), [view, transcripts.words]);
  const actions = useScriptActions({ view, script, transcripts });
  const make = useMakeCaptions({ view, words: transcripts.words });
  const [shown, setShown] = useState<View>('words');
  const speaks = useCallback((id: AssetId) => transcripts.words.has(id), [transcripts.words]);
  const missing = heard.flatMap((id) => (transcripts.byAsset.has(id) ? [] : [assets.get(id)])).filter(isKnown);
  const talking = useMemo(() => new Set(script.words.map(({ clip }) => clip.id)), [script]);
  const [section] = view.sections;
  return (
    <Panel
      title="Transcript"
      className="grow"
      actions={
        <>
          <MakeCaptionsButton
            make={make}
            selected={selectedItems.filter(({ clip }) => talking.has(clip.id)).length}
            placeName={view.sections.length === 1 && section ? section.optionName : 'this ad'}
            isEnabled={script.words.length > 0}
          />
          <TranscriptMenu assets={assets} transcripts={transcripts.byAsset} />
          <IconButton label="Back to the inspector" shortcut="Alt+T" size="sm" onClick={onClose}>
            <X />
          </IconButton>
        </>
      }
    >
      <div className="flex shrink-0 border-b border-line px-3 py-2">
        <Segmented
          label="What to look for"
          value={shown}
          onChange={setShown}
          size="sm"
          options={[
            { value: 'words', label: 'Words' },
            { value: 'pauses', label: 'Pauses' },
            { value: 'fillers', label: 'Fillers' },
          ]}
        />
      </div>
      <JobNotice heard={heard} transcripts={transcripts.byAsset} />
      <CaptionNotice view={view} words={transcripts.words} />
      {shown === 'pauses' && <PausesTool view={view} heard={heard} speaks={speaks} actions={actions} />}
      {shown === 'fillers' && script.words.length > 0 && <FillersTool script={script} actions={actions} />}
      {shown === 'words' && script.words.length > 0 && (
        <Words script={script} actions={actions} assets={assets} missing={missing} />
      )}
      {shown !== 'pauses' && script.words.length === 0 && (
        <NoWords heard={heard} missing={missing} isLoading={transcripts.isLoading} />
      )}
    </Panel>
  );
}

const isKnown = (asset: Asset | undefined): asset is Asset => asset !== undefined;

/** Media with sound that are heard; the same list while it says the same. */
function useHeard(view: TimelineView, assets: ReadonlyMap<AssetId, Asset>): readonly AssetId[] {
  const list = heardMedia(view).filter((id) => {
    const asset = assets.get(id);
    return asset !== undefined && (asset.probe.audio.length > 0 || asset.hasTranscript);
  });
  const key = list.join(' ');
  return useMemo(() => (key === '' ? [] : (key.split(' ') as AssetId[])), [key]);
}

interface NoWordsProps {
  heard: readonly AssetId[];
  missing: readonly Asset[];
  isLoading: boolean;
}

function NoWords({ heard, missing, isLoading }: NoWordsProps) {
  if (isLoading) return <Spinner label="Reading transcripts" className="m-auto size-5" />;
  if (heard.length === 0)
    return (
      <EmptyState size="sm" icon={<AudioLines />} title="Nothing is heard here">
        Put footage with sound on the timeline: its words appear here, to be read, corrected and cut.
      </EmptyState>
    );
  if (missing.length === 0)
    return (
      <EmptyState size="sm" icon={<AudioLines />} title="Nothing is said here">
        The transcripts have no words for the parts that are played. Lengthen the clips, or slip them.
      </EmptyState>
    );
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <SpeechOffer missing={missing} />
    </div>
  );
}

interface WordsProps {
  script: Script;
  actions: ScriptActions;
  assets: ReadonlyMap<AssetId, Asset>;
  missing: readonly Asset[];
}

function Words({ script, actions, assets, missing }: WordsProps) {
  const { transport } = useEditor();
  const [searched, setSearched] = useState('');
  const [selection, setSelection] = useState<WordSelection | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(() => findWords(script, searched), [script, searched]);
  const marked = useMemo(
    () => new Set(found.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, n) => from + n))),
    [found],
  );
  const last = script.words.length - 1;
  const held =
    selection && last >= 0
      ? { anchor: Math.min(selection.anchor, last), focus: Math.min(selection.focus, last) }
      : null;
  const nameOf = useCallback((id: AssetId) => assets.get(id)?.name ?? 'Media', [assets]);
  const toNext = () => {
    const from = held ? Math.max(held.anchor, held.focus) + 1 : 0;
    const next = found.find((match) => match.from >= from) ?? found[0];
    const word = next && script.words[next.from];
    if (!next || !word) return;
    setSelection({ anchor: next.from, focus: next.to });
    transport.pause();
    transport.seek(word.startFrame);
    wordElement(next.from)?.scrollIntoView({ block: 'center' });
  };
  useCommands(wordCommands(() => search.current?.focus()));
  return (
    <>
      <form
        className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-2"
        onSubmit={(event) => {
          event.preventDefault();
          toNext();
        }}
      >
        <SearchInput
          ref={search}
          label="Find in the transcript"
          value={searched}
          onChange={setSearched}
          className="grow"
        />
        {searched.trim() !== '' && (
          <span className="tabular shrink-0 text-xs text-ink-3" aria-live="polite">
            {found.length === 0 ? 'None' : found.length}
          </span>
        )}
      </form>
      <ScriptView
        list={list}
        script={script}
        marked={marked}
        actions={actions}
        selection={held}
        onSelect={setSelection}
        nameOf={nameOf}
      />
      {missing.length > 0 && (
        <details className="max-h-72 shrink-0 overflow-y-auto border-t border-line">
          <summary className="cursor-default px-3 py-1.5 text-xs font-semibold text-ink-2">
            {missing.length === 1 ? '1 medium without words' : `${missing.length} media without words`}
          </summary>
          <SpeechOffer missing={missing} />
        </details>
      )}
    </>
  );
}

function wordCommands(find: () => void) {
  const group = 'Transcript';
  const inList = { group, isLocal: true, run: () => undefined };
  return [
    { id: 'transcript.find', label: 'Find in the transcript', group, keys: 'Mod+F', worksInFields: true, run: find },
    { id: 'transcript.move', label: 'The word before, after', keys: ['ArrowLeft', 'ArrowRight'], ...inList },
    { id: 'transcript.choose', label: 'Choose words', keys: ['Shift+ArrowRight', 'Shift+ArrowLeft'], ...inList },
    { id: 'transcript.correct', label: 'Correct the words chosen', keys: 'Enter', ...inList },
    { id: 'transcript.cut', label: 'Cut the words chosen out of the video', keys: 'Delete', ...inList },
  ];
}
