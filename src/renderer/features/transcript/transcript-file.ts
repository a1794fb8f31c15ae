import type { AssetId } from '#shared/model/index.ts';
import { readTranscript, type Transcript, type TranscriptFormat, writeTranscript } from '#shared/transcript/index.ts';
import type { EngineClient } from '../../engine/index.ts';

/** Endings of the files that are read. */
export const transcriptEndings = '.json,.srt,.vtt,.ass,.ssa';

/** Asks for a file of words; null when the person gave up. */
export function chooseTranscriptFile(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = transcriptEndings;
    input.setAttribute('aria-label', 'Words to import');
    input.style.display = 'none';
    const done = (file: File | null) => {
      input.remove();
      resolve(file);
    };
    input.addEventListener('change', () => done(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => done(null));
    // In the page, so that it can be found by tools; some browsers ignore inputs outside of it.
    document.body.append(input);
    input.click();
  });
}

/** Reads a file of words and keeps them on media. Throws `captions-invalid` naming line or field, and what the engine throws. */
export async function importTranscript(
  engine: EngineClient,
  assetId: AssetId,
  file: File,
): Promise<{ transcript: Transcript; notes: readonly string[] }> {
  const { words, language, notes } = readTranscript(new Uint8Array(await file.arrayBuffer()));
  const transcript = await engine.transcripts.set({ assetId, words, language, origin: 'imported' });
  return { transcript, notes };
}

/** Hands a transcript to the person as a file to keep. */
export function saveTranscript(transcript: Transcript, format: TranscriptFormat, name: string): void {
  const text = writeTranscript(transcript, format);
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name.replace(/\.[^.]*$/, '').replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_') || 'words'}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
