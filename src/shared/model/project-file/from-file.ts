import { compare, rational } from '../../units/index.ts';
import { checkProject, declareFields, type Problem, type ProblemPath } from '../apply/index.ts';
import type { ProjectId } from '../ids.ts';
import { type Project, projectSchema, type Sequence } from '../project.ts';
import { maxNesting, sequenceLength } from '../sequence-content.ts';
import { problemsOf } from './file-problems.ts';
import type { FileOption, ProjectFile } from './file-schema.ts';
import { readRatio } from './file-time.ts';
import { readValues } from './read-clip.ts';
import { readConnections, readGlobals } from './read-globals.ts';
import { type FileTimeline, readSequence } from './read-sequence.ts';
import { IdBook, problem, type Reading, type ResolvedMedia, slug } from './reading.ts';

interface InlineSequence {
  from: FileTimeline & { id: string };
  path: ProblemPath;
}

const roleNames = { hook: 'Hook', body: 'Body', cta: 'CTA', custom: 'Part' } as const;

/** What the file gives ids itself. */
function takeIds(file: ProjectFile, books: { slots: IdBook; options: IdBook; sequences: IdBook; clips: IdBook }): void {
  const ofTracks = (from: FileTimeline) =>
    books.clips.take(
      ...[
        ...(from.tracks ?? []).flatMap((track) => track.clips ?? []),
        ...(from.clips ?? []),
        ...(from.texts ?? []),
      ].map(({ id }) => id),
    );
  for (const sequence of file.sequences ?? []) {
    books.sequences.take(sequence.id);
    ofTracks(sequence);
  }
  for (const slot of file.slots ?? []) {
    books.slots.take(slot.id);
    for (const option of slot.options ?? []) {
      if (typeof option === 'string') continue;
      if (Array.isArray(option)) books.clips.take(...option.map(({ id }) => id));
      else {
        books.options.take(option.id);
        ofTracks(option);
      }
    }
  }
  for (const slot of file.globals ?? []) {
    books.slots.take(slot.id);
    for (const option of slot.options ?? []) {
      if (typeof option === 'string') continue;
      books.options.take(option.id);
      books.clips.take(...(option.clips ?? []).map(({ id }) => id));
    }
  }
}

/** Slots of the file, and the sequences that their options bring with them. */
function readSlots(reading: Reading, file: ProjectFile, books: { slots: IdBook; options: IdBook; sequences: IdBook }) {
  const inline: InlineSequence[] = [];
  const slots = (file.slots ?? []).map((slot, at) => {
    const role = slot.role ?? 'custom';
    const name = slot.name ?? (role === 'custom' ? `Part ${at + 1}` : roleNames[role]);
    const id = slot.id ?? books.slots.make<string>(role === 'custom' ? slug(name, 'part') : role);
    const options = (slot.options ?? []).map((written, index) => {
      const path: ProblemPath = ['slots', at, 'options', index];
      const isList = Array.isArray(written);
      const option: FileOption =
        typeof written === 'string' ? { clips: [{ media: written as never }] } : isList ? { clips: written } : written;
      const optionId = option.id ?? books.options.make<string>(`${id.slice(0, 50)}-${index + 1}`);
      const optionName = option.name ?? `${name} ${index + 1}`;
      return { id: optionId, name: optionName, content: readContent(option, optionId, optionName, path, isList) };
    });
    return { id, name, role, options };
  });

  function readContent(option: FileOption, id: string, name: string, path: ProblemPath, isList: boolean) {
    const { clips, texts, tracks, fields, length, sequence, isNone, values } = option;
    const isInline = [clips, texts, tracks, fields, length].some((part) => part !== undefined);
    if ([isNone === true, sequence !== undefined, isInline].filter(Boolean).length > 1)
      problem(reading, path, 'an option has either “sequence”, or clips of its own, or “isNone”');
    if (isNone) return { kind: 'none' };
    const read = { kind: 'sequence', values: readValues(reading, values, [...path, 'values']) };
    if (sequence !== undefined) return { ...read, sequenceId: sequence };
    const sequenceId = books.sequences.make<string>(`${id.slice(0, 50)}-cut`);
    inline.push({ from: { clips, texts, tracks, fields, length, name, id: sequenceId }, path });
    if (isList) reading.origins.set(`list:${sequenceId}`, path);
    return { ...read, sequenceId };
  }
  return { slots, inline };
}

/** Builds sequences when they are first needed, so that a clip knows the length of what it nests. */
function sequenceBuilder(
  makeReading: (lengthOf: Reading['lengthOf']) => Reading,
  sources: Map<string, () => Sequence | null>,
) {
  const built = new Map<string, Sequence | null>();
  let depth = 0;
  const build = (key: string): Sequence | null => {
    const known = built.get(key);
    if (known !== undefined) return known;
    // In a circle the inner one has no length yet; the rules of the model then name the circle.
    built.set(key, null);
    depth += 1;
    const sequence = sources.get(key)?.() ?? null;
    depth -= 1;
    built.set(key, sequence);
    return sequence;
  };
  const reading = makeReading((kind, key) => {
    // Deeper than any sound project: not followed, so that a long chain cannot exhaust the stack.
    const sequence = depth > 2 * maxNesting ? null : build(`${kind} ${key}`);
    return sequence ? sequenceLength(sequence) : null;
  });
  return { reading, build };
}

/** Model paths as the file calls them. */
function filePath(path: ProblemPath, origins: Reading['origins']): ProblemPath {
  const names: Record<string, string | null> = {
    startFrame: 'start',
    lengthFrames: 'length',
    sourceInSeconds: 'in',
    inFrame: 'in',
    content: null,
    optionIds: null,
    afterSlotId: 'after',
    pair: null,
    sequenceId: 'sequence',
  };
  for (let length = path.length; length > 0; length -= 1) {
    const origin = origins.get(path.slice(0, length).join('.'));
    if (!origin) continue;
    const rest = path.slice(length).flatMap((part) => (part in names ? (names[part] ?? []) : part));
    return [...origin, ...rest];
  }
  return path.flatMap((part) => (part in names ? (names[part] ?? []) : part));
}

/**
 * A project from a valid file whose media have been resolved: pure. Ids that the file leaves out are made from names and
 * positions, the same every time. Returns what is wrong instead when it breaks the model's rules, by the file's paths.
 */
export function projectFromFile(
  file: ProjectFile,
  options: { projectId: ProjectId; media: ReadonlyMap<string, ResolvedMedia> },
): { project: Project } | { problems: Problem[] } {
  const rate = file.rate === undefined ? rational(30) : readRatio(file.rate);
  if (compare(rate, rational(1)) < 0 || compare(rate, rational(120)) > 0)
    return { problems: [{ path: ['rate'], message: 'a rate is 1 to 120 frames per second' }] };
  const books = { slots: new IdBook(), options: new IdBook(), sequences: new IdBook(), clips: new IdBook() };
  takeIds(file, books);
  const sources = new Map<string, () => Sequence | null>();
  const { reading, build } = sequenceBuilder(
    (lengthOf) => ({
      ...{ rate, media: options.media, problems: [], origins: new Map(), clipIds: books.clips },
      lengthOf,
    }),
    sources,
  );
  const { slots, inline } = readSlots(reading, file, books);
  const given = (file.sequences ?? []).map((from, at): InlineSequence => ({ from, path: ['sequences', at] }));
  const all = [...given, ...inline];
  for (const [at, { from, path }] of all.entries()) {
    const isList = reading.origins.has(`list:${from.id}`);
    sources.set(`sequence ${from.id}`, () => readListed(reading, from, ['sequences', at], path, isList));
  }
  for (const [at, pin] of (file.compositions ?? []).entries()) {
    // Clips of a composition are its own: the same ids may stand in another version of it.
    const own = { ...reading, clipIds: new IdBook() };
    const path = ['compositions', at, 'sequence'];
    sources.set(`composition ${pin.id}@${pin.version}`, () => readSequence(own, pin.sequence, path, path));
  }
  const sequences = all.flatMap(({ from }) => build(`sequence ${from.id}`) ?? []);
  const compositions = (file.compositions ?? []).flatMap(({ id, version, name }) => {
    const sequence = build(`composition ${id}@${version}`);
    return sequence ? { compositionId: id, version, name, sequence: declareFields(sequence) } : [];
  });
  const parsed = projectSchema.safeParse({
    ...{ id: options.projectId, name: file.name, rate, slots, compositions },
    sequences: sequences.map(declareFields),
    globals: readGlobals(reading, file, books),
    ducking: file.ducking,
    loudnessLufs: file.loudnessLufs,
    ...readConnections(reading, file),
  });
  if (!parsed.success) return { problems: [...reading.problems, ...problemsOf(parsed.error.issues)] };
  if (reading.problems.length > 0) return { problems: reading.problems };
  const broken = checkProject(parsed.data).map(({ path, message }) => ({
    path: filePath(path, reading.origins),
    message,
  }));
  return broken.length > 0 ? { problems: broken } : { project: parsed.data };
}

/** An option that is a mere list of clips has no "clips" between it and its clips in the file. */
function readListed(
  reading: Reading,
  from: InlineSequence['from'],
  modelPath: ProblemPath,
  path: ProblemPath,
  isList: boolean,
): Sequence | null {
  if (!isList) return readSequence(reading, from, modelPath, path);
  const before = reading.problems.length;
  const sequence = readSequence(reading, from, modelPath, path);
  const shorten = (given: ProblemPath): ProblemPath =>
    given[path.length] === 'clips' ? [...given.slice(0, path.length), ...given.slice(path.length + 1)] : given;
  for (const [at, { path: given, message }] of reading.problems.entries())
    if (at >= before) reading.problems[at] = { path: shorten(given), message };
  for (const [key, origin] of reading.origins)
    if (key.startsWith(`${modelPath.join('.')}.`)) reading.origins.set(key, shorten(origin));
  return sequence;
}
