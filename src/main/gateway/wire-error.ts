import { ORPCError } from '@orpc/server';
import { wireErrorCode } from '#shared/contract/index.ts';
import { AppError, isCancelled, toAppError } from '#shared/errors/index.ts';

/** What a failed call becomes on the wire: the contract's typed error with an AppError inside. */
export function toWireError(error: unknown): ORPCError<typeof wireErrorCode, unknown> {
  return new ORPCError(wireErrorCode, { defined: true, status: 422, data: asAppError(error).toData() });
}

/** Says which input field was refused and why; everything else becomes what `toAppError` makes of it. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isCancelled(error)) return toAppError(error);
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return invalidInput(error);
  if (error instanceof ORPCError && error.code === 'INTERNAL_SERVER_ERROR' && error.cause !== undefined) {
    return toAppError(new Error(`${error.message}: ${describe(error.cause)}`, { cause: error.cause }));
  }
  return toAppError(error);
}

/** Validation problems as the schemas report them. */
interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[];
}

function invalidInput(error: ORPCError<string, unknown>): AppError {
  const issues = issuesOf(error.data).map((issue) => ({ field: fieldOf(issue), problem: issue.message }));
  const first = issues[0];
  const where = first
    ? first.field === ''
      ? first.problem
      : `${first.field}: ${first.problem}`
    : 'it is not readable';
  return new AppError('invalid-input', `Spotloom did not understand that request (${where}).`, {
    cause: error,
    details: { issues: issues.slice(0, 20) },
  });
}

function issuesOf(data: unknown): Issue[] {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return [];
  return data.issues as Issue[];
}

function fieldOf(issue: Issue): string {
  return (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}

function describe(cause: unknown): string {
  const first = issuesOf(cause)[0];
  if (first) return `${fieldOf(first)}: ${first.message}`;
  return cause instanceof Error ? cause.message : String(cause);
}
