import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { toFileError } from '#main/platform/files/index.ts';
import { resourcesFolder } from '#main/platform/paths/index.ts';
import { maxCaptionBytes, putCaptions, putWords, readCaptions } from '#shared/captions/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Option, Project, Sequence } from '#shared/model/index.ts';
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

/** `project captions <id> <option> <file>`: puts a caption file onto an option, in place of the captions it has. */
export async function projectCaptions(
  { client, path }: CommandContext,
  id: string,
  called: string,
  given: string,
): Promise<Outcome> {
  const file = readCaptions(await readFileOf(path(given)));
  const { project, headSeq } = await client.projects.get({ id: projectId(id) });
  const { option, sequence } = optionCalled(project, called);
  const { edit, ...counts } = putCaptions({ project, sequence, file, fontFamilies: await fontFamilies() });
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
