import type { JobDefinition } from './types.ts';

/** Types a job definition; changes nothing. */
export function defineJob<Input, Result = void>(
  definition: JobDefinition<Input, Result>,
): JobDefinition<Input, Result> {
  return definition;
}
