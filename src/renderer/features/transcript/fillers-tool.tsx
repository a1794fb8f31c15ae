import { MessageCircleOff, Scissors } from 'lucide-react';
import { useMemo } from 'react';
import { fillerFinder, joinWords, readWordList, usualFillers } from '#shared/transcript/index.ts';
import { rememberedAtom, useAtom } from '../../state/index.ts';
import { Button, EmptyState, Field, IconButton, Input } from '../../ui/index.ts';
import { useEditor } from '../timeline/editor-model.ts';
import type { Script } from './model/script.ts';
import { type ScriptActions, shortTime } from './use-script-actions.ts';

const listAtom = rememberedAtom('transcript.fillers', usualFillers.join(', '));
/** Words shown on each side of one that was found. */
const around = 3;

/** “um”, “uh” and their like: found by a list of words, to be cut one by one or all at once. */
export function FillersTool({ script, actions }: { script: Script; actions: ScriptActions }) {
  const { view, transport } = useEditor();
  const [list, setList] = useAtom(listAtom);
  const found = useMemo(() => {
    const isFiller = fillerFinder(readWordList(list));
    return script.words.flatMap((word, at) => (isFiller(word.text) ? [{ word, at }] : []));
  }, [script, list]);
  const cut = (indexes: readonly number[]) => {
    const meant = new Set(indexes);
    actions.cutWords((at) => meant.has(at), meant.size === 1 ? 'Cut filler word' : 'Cut filler words');
  };
  return (
    <>
      <div className="shrink-0 border-b border-line px-3 py-2">
        <Field label="Words to find">
          {(id) => <Input id={id} value={list} onChange={(event) => setList(event.target.value)} />}
        </Field>
      </div>
      {found.length === 0 ? (
        <EmptyState size="sm" icon={<MessageCircleOff />} title="None of these words is said">
          Recognisers often leave them out. Add words to the list, separated by commas.
        </EmptyState>
      ) : (
        <>
          <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
            <span className="grow text-sm text-ink-2" aria-live="polite">
              {found.length === 1 ? '1 found' : `${found.length} found`}
            </span>
            <Button size="sm" icon={<Scissors className="size-3.5" />} onClick={() => cut(found.map(({ at }) => at))}>
              Cut all
            </Button>
          </div>
          <ul aria-label="Words found" className="min-h-0 grow overflow-y-auto py-1">
            {found.map(({ word, at }) => (
              <li
                key={`${word.section.slotId}/${word.clip.id}/${word.index}`}
                className="flex h-8 items-center gap-2 px-3 hover:bg-raise"
              >
                <button
                  type="button"
                  onClick={() => {
                    transport.pause();
                    transport.seek(word.startFrame);
                  }}
                  className="flex min-w-0 grow items-baseline gap-2 rounded-sm text-left text-sm text-ink-3"
                >
                  <span className="tabular shrink-0">{shortTime(word.startFrame, view.rate)}</span>
                  <span className="truncate">
                    {context(script, at - around, at)} <b className="font-semibold text-ink">{word.text}</b>{' '}
                    {context(script, at + 1, at + 1 + around)}
                  </span>
                </button>
                <IconButton
                  label={`Cut “${word.text}” at ${shortTime(word.startFrame, view.rate)}`}
                  size="sm"
                  onClick={() => cut([at])}
                >
                  <Scissors />
                </IconButton>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function context({ words }: Script, from: number, to: number): string {
  return joinWords(words.slice(Math.max(0, from), to).map(({ text }) => text));
}
