import { z } from 'zod';
import { type ExportRequest, type ExportRequestInput, rateControlSchema } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type OutputVersion, outputVersionSchema, type Project, type Ratio, ratioSchema } from '#shared/model/index.ts';
import { parsePlacements } from './placement-names.ts';
import { chooseVariants } from './variants.ts';

/** What the options of `render` say about the files wanted. */
export interface RequestOptions {
  variants: string;
  ratios: string;
  versions: string;
  except?: string;
  placements?: string;
  preset: string;
  naming?: string;
  maxSize?: string;
  maxBitrate?: string;
  twoPass?: boolean;
  captions?: boolean;
  covers?: boolean;
  table?: boolean;
  zip?: boolean;
}

const words = (text: string) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

function parseRatios(text: string): Ratio[] {
  const parsed = z
    .array(ratioSchema)
    .min(1)
    .safeParse(words(text).map((word) => word.replace('x', ':')));
  if (parsed.success) return [...new Set(parsed.data)];
  throw new AppError(
    'invalid-input',
    `“${text}” are not ratios. Write some of 9:16, 4:5, 1:1, 16:9, separated by commas.`,
  );
}

function parseVersions(text: string): OutputVersion[] {
  const parsed = z.array(outputVersionSchema).min(1).safeParse(words(text));
  if (parsed.success) return [...new Set(parsed.data)];
  const names = outputVersionSchema.options.join(', ');
  throw new AppError('invalid-input', `“${text}” are not versions. Write some of ${names}, separated by commas.`);
}

/** "Hook 1 · CTA 2@9:16, Hook 2 · CTA 1": files to leave out; without "@" a variant is left out in every ratio. */
function parseExceptions(project: Project, text: string, ratios: readonly Ratio[]): ExportRequest['except'] {
  return words(text).flatMap((word) => {
    const [, name = word, ratio = ''] = /^(.*)@([^@]*)$/.exec(word) ?? [];
    const left = ratio === '' ? ratios : parseRatios(ratio);
    return chooseVariants(project, name).flatMap((variant) => left.map((one) => ({ variant, ratio: one })));
  });
}

/** "287MB", "1.5 GB", "900k", "8M": a number with a power of a thousand behind it. */
function parseAmount(text: string, unit: string): number {
  const [, digits, power = ''] = new RegExp(`^\\s*(\\d+(?:\\.\\d+)?)\\s*([kmg]?)${unit}?\\s*$`, 'i').exec(text) ?? [];
  const amount = Number(digits) * { '': 1, k: 1e3, m: 1e6, g: 1e9 }[power.toLowerCase() as '' | 'k' | 'm' | 'g'];
  if (Number.isFinite(amount) && amount > 0) return Math.floor(amount);
  throw new AppError('invalid-input', `“${text}” is no amount. Write a number such as 287M or 1.5G.`);
}

function parseRateControl({ maxSize, maxBitrate, twoPass }: RequestOptions): ExportRequest['rateControl'] {
  if (maxSize !== undefined && maxBitrate !== undefined)
    throw new AppError('invalid-input', 'Give either --max-size or --max-bitrate, not both.');
  if (twoPass && maxSize === undefined)
    throw new AppError('invalid-input', '--two-pass fills a size: give --max-size, too.');
  const chosen =
    maxSize !== undefined
      ? { mode: 'size', maxBytes: parseAmount(maxSize, 'B'), isTwoPass: twoPass === true }
      : maxBitrate !== undefined
        ? { mode: 'bitrate', maxBitrate: parseAmount(maxBitrate, '(?:b|bit/s|bps)') }
        : { mode: 'quality' };
  const parsed = rateControlSchema.safeParse(chosen);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'invalid-input',
    'Sizes are at least 50k (bytes), bitrates 100k to 200M (bits per second of the picture).',
  );
}

/** Throws `invalid-input` for options that could not be meant, whatever the project. */
export function checkOptions(options: RequestOptions): void {
  parseRatios(options.ratios);
  parseVersions(options.versions);
  parseRateControl(options);
  parsePlacements([options.placements ?? '']);
}

/** The request that the options of `render` ask for. Throws `invalid-input` naming what is not there. */
export function requestOf(project: Project, options: RequestOptions, outDir: string | null): ExportRequestInput {
  const ratios = parseRatios(options.ratios);
  return {
    projectId: project.id,
    variants: chooseVariants(project, options.variants),
    rateControl: parseRateControl(options),
    ratios,
    except: parseExceptions(project, options.except ?? '', ratios),
    versions: parseVersions(options.versions),
    placements: parsePlacements([options.placements ?? '']),
    presetId: options.preset,
    handoff: {
      hasCaptions: options.captions === true,
      hasCovers: options.covers === true,
      hasTable: options.table === true,
      isZipped: options.zip === true,
    },
    outDir,
    namingPattern: options.naming ?? null,
  };
}
