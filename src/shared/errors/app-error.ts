import type { ErrorCode } from './codes.ts';

/** What the person can do next; the interface turns it into a button or a hint. */
export type RetryAction =
  | 'retry'
  | 'relink'
  | 'choose-folder'
  | 'free-space'
  | 'install-ffmpeg'
  | 'open-settings'
  | 'none';

/** The serialisable form of an {@link AppError}: what crosses the contract and is stored with a failed job. */
export interface AppErrorData {
  code: ErrorCode;
  /** For logs and developers. */
  message: string;
  /** For people: what happened, why, and what to do next. Whole sentences. */
  userMessage: string;
  retry: RetryAction;
  /** Evidence: paths, field names, the tail of a tool's output. JSON only, never secrets. */
  details?: Record<string, unknown>;
}

/** The product's only thrown error type. Everything else that is thrown is a bug and becomes `internal` at the edge. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly userMessage: string;
  readonly retry: RetryAction;
  readonly details: Record<string, unknown> | undefined;

  constructor(
    code: ErrorCode,
    userMessage: string,
    options: { message?: string; cause?: unknown; retry?: RetryAction; details?: Record<string, unknown> } = {},
  ) {
    super(options.message ?? userMessage, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.userMessage = userMessage;
    this.retry = options.retry ?? 'none';
    this.details = options.details;
  }

  /** The form that crosses the contract. */
  toData(): AppErrorData {
    return {
      code: this.code,
      message: this.message,
      userMessage: this.userMessage,
      retry: this.retry,
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }

  /** Rebuilds an error from {@link toData}. */
  static fromData(data: AppErrorData): AppError {
    return new AppError(data.code, data.userMessage, {
      message: data.message,
      retry: data.retry,
      ...(data.details === undefined ? {} : { details: data.details }),
    });
  }
}

/** True for a cancellation, whether ours or an `AbortSignal`'s. */
export function isCancelled(error: unknown): boolean {
  return (
    (error instanceof AppError && error.code === 'cancelled') || (error instanceof Error && error.name === 'AbortError')
  );
}

/** The error a cancelled operation throws. */
export function cancelledError(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}

/** Turns anything thrown into an {@link AppError}; what is not ours becomes `internal` with its cause kept. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isCancelled(error)) return cancelledError();
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('internal', 'Something went wrong inside Spotloom. The log has the details; please try again.', {
    message,
    cause: error,
    retry: 'retry',
  });
}

/** Ends a `switch` over a union: a missing case fails the type check. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
