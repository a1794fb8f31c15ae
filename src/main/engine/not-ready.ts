import { AppError } from '#shared/errors/index.ts';

/** Handlers of a part of the contract that is not there yet: every call says so. */
export function notReady<Part>(name: string): Part {
  return new Proxy({} as object, {
    get: (_target, call) =>
      typeof call === 'string'
        ? () => {
            throw new AppError('internal', 'This part of Spotloom is not ready yet.', { message: `${name}.${call}` });
          }
        : undefined,
  }) as Part;
}
