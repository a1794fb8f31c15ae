export type { AppErrorData, RetryAction } from './app-error.ts';
export { AppError, assertNever, cancelledError, isCancelled, toAppError } from './app-error.ts';
export type { ErrorCode } from './codes.ts';
export { errorCodes } from './codes.ts';
