import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { Asset, AssetId } from '#shared/model/index.ts';
import { type Transcript, transcriptFormats } from '#shared/transcript/index.ts';
import { attempt, useEngine } from '../../engine/index.ts';
import { ConfirmDialog, IconButton, Menu, type MenuItem } from '../../ui/index.ts';
import { useImportWords } from './speech-offer.tsx';
import { saveTranscript } from './transcript-file.ts';
import { useMakeTranscripts, useRecogniser } from './use-transcripts.ts';

const formatNames = { json: 'Words with times (.json)', srt: 'SubRip (.srt)', vtt: 'WebVTT (.vtt)' } as const;

interface TranscriptMenuProps {
  assets: ReadonlyMap<AssetId, Asset>;
  transcripts: ReadonlyMap<AssetId, Transcript>;
}

/** What can be done with the transcripts of the media shown. */
export function TranscriptMenu({ assets, transcripts }: TranscriptMenuProps) {
  const engine = useEngine();
  const importWords = useImportWords();
  const make = useMakeTranscripts();
  const { recogniser } = useRecogniser();
  const [asked, setAsked] = useState<{ asset: Asset; what: 'make' | 'remove' } | null>(null);
  const canMake = recogniser !== null && recogniser.problem === null;
  const linesOf = (asset: Asset, transcript: Transcript): MenuItem[] => [
    { label: 'Import words instead…', onSelect: () => void importWords(asset) },
    {
      label: 'Make the transcript again…',
      isDisabled: !canMake,
      onSelect: () => setAsked({ asset, what: 'make' }),
    },
    { kind: 'separator' },
    ...transcriptFormats.map((format) => ({
      label: `Save as ${formatNames[format]}`,
      onSelect: () => saveTranscript(transcript, format, asset.name),
    })),
    { kind: 'separator' },
    { label: 'Remove the transcript…', isDangerous: true, onSelect: () => setAsked({ asset, what: 'remove' }) },
  ];
  const known = [...transcripts.values()].flatMap((transcript) => {
    const asset = assets.get(transcript.assetId);
    return asset ? [{ asset, transcript }] : [];
  });
  const [only] = known;
  if (!only) return null;
  const items =
    known.length === 1
      ? linesOf(only.asset, only.transcript)
      : known.map(({ asset, transcript }) => ({ label: asset.name, items: linesOf(asset, transcript) }));
  const isMaking = asked?.what === 'make';
  const confirm = () => {
    if (!asked) return;
    const { id } = asked.asset;
    if (isMaking) void make([id], transcripts.get(id)?.language ?? null);
    else void attempt(() => engine.transcripts.remove({ assetId: id }));
  };
  return (
    <>
      <Menu align="end" items={items}>
        <IconButton label="Transcripts of the media" size="sm">
          <MoreHorizontal />
        </IconButton>
      </Menu>
      <ConfirmDialog
        isOpen={asked !== null}
        onOpenChange={(isOpen) => !isOpen && setAsked(null)}
        title={
          isMaking
            ? `Make the transcript of “${asked?.asset.name ?? ''}” again?`
            : `Remove the transcript of “${asked?.asset.name ?? ''}”?`
        }
        confirmLabel={isMaking ? 'Make again' : 'Remove'}
        onConfirm={confirm}
      >
        {isMaking
          ? 'Corrections of its words are replaced when it is done. Captions follow, those edited by hand stay.'
          : 'Its words and their corrections go. Captions made from it stay as they are.'}
      </ConfirmDialog>
    </>
  );
}
