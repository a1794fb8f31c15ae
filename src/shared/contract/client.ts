import type { ContractRouterClient } from '@orpc/contract';
import { AppError, type AppErrorData, isCancelled, toAppError } from '../errors/index.ts';
import { appErrorDataSchema } from './base.ts';
import type { contract } from './contract.ts';

/**
 * The engine as callers see it, typed by the contract: `client.library.list({…}, { signal })`. Every call rejects with
 * an {@link AppError} and nothing else, whatever the transport.
 */
export type EngineClient = ContractRouterClient<typeof contract>;

/** Name of the one typed error of every procedure. */
export const wireErrorCode = 'APP_ERROR';

/** Turns whatever a call rejected with into an {@link AppError}: the wire's typed error, a cancellation, or `internal`. */
export function errorFromWire(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isWireError(error)) {
    const data = appErrorDataSchema.safeParse(error.data);
    if (data.success) return AppError.fromData(data.data as AppErrorData);
  }
  return toAppError(isCancelled(error) ? new AppError('cancelled', 'Cancelled.') : error);
}

function isWireError(error: unknown): error is { code: unknown; data: unknown } {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === wireErrorCode && 'data' in error
  );
}
