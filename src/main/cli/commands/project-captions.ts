import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { toFileError } from '#main/platform/files/index.ts';
import { resourcesFolder } from '#main/platform/paths/index.ts';
import {
  type CaptionFile,
  type CaptionsPut,
  chosenCaptionStyle,
  maxCaptionBytes,
  putCaptions,
  putWords,
  readCaptions,
} from '#shared/captions/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Option, Project, Sequence } from '#shared/model/index.ts';
import { heardClips, makeCaptions } from '#shared/transcript/index.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandContext, Outcome } from '../types.ts';
import { projectId } from './project.ts';

const fontsSchema = z.object({ fonts: z.array(z.object({ typographicFamily: z.string() })) });

/** Families that text can be set in, as the studio offers them. */
async function fontFamilies(): Promise<string[]> {
  const text = await readFile(join(resourcesFolder(), 'fonts', 'fonts.json'), 'utf8');
  return fontsSchema.parse(JSON.parse(text)).fonts.map(({ typographicFamily }) => typographicFamily);
}

async function readFileOf(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > maxCaptionBytes)
      throw new AppError('file-too-large', `“${path}” is larger than 20 MB: no caption file. Choose another file.`);
    return await readFile(path);
  } catch (error) {
    throw error instanceof AppError ? error : toFileError(error, path, 'read');
  }
}

/** The option of this id, or of this name where only one has it. */
function optionCalled(project: Project, called: string): { option: Option; sequence: Sequence } {
  const options = project.slots.flatMap((slot) => slot.options);
  const found = options.filter(({ id, name }) => id === called || name === called);
  const [option] = found;
  if (!option || found.length > 1) {
    const names = options.map(({ id, name }) => `“${name}” (${id})`).join(', ') || 'none';
    const what = option ? `Several options are called “${called}”: give an id.` : `No option is called “${called}”.`;
    throw new AppError('invalid-input', `${what} There are: ${names}.`);
  }
  const { content } = option;
  const sequence =
    content.kind === 'sequence' ? project.sequences.find(({ id }) => id === content.sequenceId) : undefined;
  if (sequence) return { option, sequence };
  throw new AppError('invalid-input', `“${option.name}” plays nothing: there is no timeline to put captions on.`);
}

/** An option with its timeline. */
interface Place {
  project: Project;
  option: Option;
  sequence: Sequence;
}

/** What is said in the media of an option, as captions. */
async function spokenCaptions({ client }: CommandContext, { project, option, sequence }: Place): Promise<CaptionsPut> {
  const values = option.content.kind === 'sequence' ? option.content.values : {};
  const assetIds = [...new Set(heardClips(sequence, values).map(({ assetId }) => assetId))];
  const { transcripts } = await client.transcripts.getMany({ assetIds });
  if (transcripts.length === 0)
    throw new AppError(
      'not-found',
      `None of the media of “${option.name}” has a transcript. Make one with “spotloom transcript make”.`,
    );
  const words = new Map(transcripts.map((transcript) => [transcript.assetId, transcript.words]));
  const style = chosenCaptionStyle(project) ?? {};
  return makeCaptions({ project, sequence, words, values, style, fontFamilies: await fontFamilies() });
}

/**
 * `project captions <id> <option> [file]`: puts a caption file onto an option, or without one what is said in its media, in
 * place of the captions it has.
 */
export async function projectCaptions(
  context: CommandContext,
  id: string,
  called: string,
  given: string | undefined,
): Promise<Outcome> {
  const { client, path } = context;
  const file: CaptionFile =
    given === undefined
      ? { format: 'json', cues: [], style: null, notes: [] }
      : readCaptions(await readFileOf(path(given)));
  const { project, headSeq } = await client.projects.get({ id: projectId(id) });
  const { option, sequence } = optionCalled(project, called);
  const { edit, ...counts } =
    given === undefined
      ? await spokenCaptions(context, { project, option, sequence })
      : putCaptions({ project, sequence, file, fontFamilies: await fontFamilies() });
  if (edit) await client.projects.apply({ id: project.id, edit, baseSeq: headSeq });
  const sharers = project.slots
    .flatMap(({ options }) => options)
    .filter(({ content }) => content.kind === 'sequence' && content.sequenceId === sequence.id).length;
  return {
    json: { projectId: project.id, optionId: option.id, format: file.format, ...counts, notes: file.notes },
    text: putWords({ edit, ...counts }, file, { name: option.name, sharers }),
    code: edit ? exitCodes.ok : exitCodes.failed,
  };
}
