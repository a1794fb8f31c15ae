import type { AnySchema, ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';

/** What a handler gets besides its input. */
export interface CallContext {
  /** Aborted when the caller cancels or goes away. */
  signal: AbortSignal;
}

/**
 * The plain functions that answer one capability's part of the contract: parsed input in, answer out (or a promise of it).
 * No transport shows in them; the gateway wraps them, validates both ways and turns AppErrors into the wire's error.
 */
export type Handlers<Part> = {
  [Name in keyof Part]: Part[Name] extends ContractProcedure<
    infer Input extends AnySchema,
    infer Output extends AnySchema,
    infer _Errors,
    infer _Meta
  >
    ? (
        input: InferSchemaOutput<Input>,
        context: CallContext,
      ) => InferSchemaInput<Output> | Promise<InferSchemaInput<Output>>
    : never;
};
