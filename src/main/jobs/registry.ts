import { AppError } from '#shared/errors/index.ts';
import { defaultBackoff } from './outcome.ts';
import type { JobContext } from './types.ts';
import { type Backoff, type JobDefinition, type Lane, lanes } from './types.ts';

/** A definition whose types have been erased behind its own schemas. */
export interface RegisteredJob {
  type: string;
  lane: Lane;
  maxAttempts: number;
  backoff: Backoff;
  /** Checks the input and returns the name for people; throws `invalid-input`. */
  check(input: unknown): { title: string };
  /** Parses the stored input, runs, and returns the result as JSON (null when there is none to keep). */
  run(context: Omit<JobContext<unknown>, 'input'>, inputJson: string): Promise<string | null>;
}

/** The kinds of jobs this process can run. */
export class Registry {
  readonly #jobs = new Map<string, RegisteredJob>();
  readonly #typesJson = new Map<Lane, string>(lanes.map((lane) => [lane, '[]']));

  /** Adds a definition; a type is defined once. */
  add<Input, Result>(definition: JobDefinition<Input, Result>): void {
    if (this.#jobs.has(definition.type)) throw new Error(`job type ${definition.type} is defined twice`);
    this.#jobs.set(definition.type, erase(definition));
    const types = [...this.#jobs.values()].filter(({ lane }) => lane === definition.lane).map(({ type }) => type);
    this.#typesJson.set(definition.lane, JSON.stringify(types));
  }

  /** Throws `invalid-input` for a type nobody defined. */
  get(type: string): RegisteredJob {
    const job = this.#jobs.get(type);
    if (job !== undefined) return job;
    throw new AppError('invalid-input', `Spotloom does not know how to do "${type}".`, { details: { type } });
  }

  /** The lane's types as a JSON array. */
  typesJson(lane: Lane): string {
    return this.#typesJson.get(lane) ?? '[]';
  }
}

function erase<Input, Result>(definition: JobDefinition<Input, Result>): RegisteredJob {
  function parse(input: unknown): Input {
    const parsed = definition.input.safeParse(input);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new AppError('invalid-input', `"${definition.type}" was asked for with input it cannot use.`, {
      message: `input of ${definition.type}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
      details: { type: definition.type, issue: issue?.message ?? '', path: issue?.path.join('.') ?? '' },
    });
  }
  return {
    type: definition.type,
    lane: definition.lane,
    maxAttempts: definition.maxAttempts ?? 3,
    backoff: definition.backoff ?? defaultBackoff,
    check(input) {
      const parsed = parse(input);
      return { title: definition.title?.(parsed) ?? definition.type };
    },
    async run(context, inputJson) {
      // Not spread: the context's signal and checkpoint are live.
      const full = Object.assign(context, { input: parse(JSON.parse(inputJson)) });
      const result = await definition.run(full);
      return definition.result === undefined ? null : JSON.stringify(definition.result.parse(result));
    },
  };
}
