import fc from 'fast-check';
import { z } from 'zod';
import { contract } from '#shared/contract/index.ts';

/** A call of the contract by name, with the schema of its input (undefined: it takes none). */
export interface Procedure {
  part: string;
  name: string;
  input: z.ZodType | undefined;
}

/** Every call there is. */
export function procedures(): Procedure[] {
  return Object.entries(contract).flatMap(([part, calls]) =>
    Object.entries(calls).map(([name, call]) => ({
      part,
      name,
      input: (call as unknown as { '~orpc': { inputSchema?: z.ZodType } })['~orpc'].inputSchema,
    })),
  );
}

/** Values that programs trip over. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, undefined, true, 0, -1, 1e308, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -0, '', '\0', '\u202e'],
    ...['__proto__', 'constructor', 'toString', '../../etc/passwd', '\\\\server\\share\\x', 'C:\\x', 'NUL', '%s%n'],
    ...["'; DROP TABLE assets; --", '{\\pos(0,0)}', '{{x}}', '\ud800', 'x'.repeat(100_000), [], {}, [[[[]]]]],
    JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {"x": 1}}}'),
  ),
  fc.jsonValue({ maxDepth: 4 }),
);

/** Whole inputs that have nothing to do with what is asked for. */
export const junkInput: fc.Arbitrary<unknown> = fc.oneof(junk, fc.dictionary(fc.string(), junk), fc.anything());

interface JsonSchema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minItems?: number;
  additionalProperties?: JsonSchema | boolean;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  pattern?: string;
}

/** What an arbitrary of inputs may use: files that exist or not, ids that exist or not. Paths never lead elsewhere. */
export interface Known {
  paths: readonly string[];
  ids: readonly string[];
}

/** Inputs that look as the schema says, with a flaw here and there: these get past the door and into the handlers. */
export function likeInput(schema: z.ZodType, known: Known): fc.Arbitrary<unknown> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return fc
    .double({ min: 0, max: 1, noNaN: true })
    .chain((flaws) => build(json, json, known, flaws < 0.5 ? 0 : 40, '', 0));
}

/** `flaw`: one value in this many is junk; 0 = none. */
function build(
  schema: JsonSchema,
  root: JsonSchema,
  known: Known,
  flaw: number,
  key: string,
  depth: number,
): fc.Arbitrary<unknown> {
  const fair = fairValue(schema, root, known, flaw, key, depth);
  const isPath = /path|folder|dir/i.test(key);
  if (flaw === 0 || isPath) return fair;
  return fc.oneof({ arbitrary: fair, weight: flaw }, { arbitrary: junk, weight: 1 });
}

function fairValue(
  schema: JsonSchema,
  root: JsonSchema,
  known: Known,
  flaw: number,
  key: string,
  depth: number,
): fc.Arbitrary<unknown> {
  const inner = (part: JsonSchema, name = key) => build(part, root, known, flaw, name, depth + 1);
  if (depth > 14) return fc.constant(null);
  if (schema.$ref !== undefined) return inner(resolveRef(schema.$ref, root));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => inner(choice)));
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return objectOf(schema, inner, known);
    case 'array':
      return fc.array(inner(schema.items ?? {}), { minLength: Math.min(schema.minItems ?? 0, 2), maxLength: 3 });
    case 'string':
      return stringOf(schema, known, key);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return junk;
  }
}

function objectOf(
  schema: JsonSchema,
  inner: (part: JsonSchema, name?: string) => fc.Arbitrary<unknown>,
  known: Known,
): fc.Arbitrary<unknown> {
  const { properties, required = [], additionalProperties } = schema;
  if (!properties) {
    const value = typeof additionalProperties === 'object' ? inner(additionalProperties) : junk;
    return fc.dictionary(fc.constantFrom(...known.ids, 'headline', 'photo', '9:16'), value, { maxKeys: 2 });
  }
  const parts = Object.entries(properties).map(([name, part]) => [name, inner(part, name)] as const);
  return fc.record(Object.fromEntries(parts), { requiredKeys: required.filter((name) => name in properties) });
}

function stringOf(schema: JsonSchema, known: Known, key: string): fc.Arbitrary<string> {
  if (/path|folder|dir/i.test(key)) return fc.constantFrom(...known.paths);
  if (/id$|^ids|uploads|group/i.test(key)) return fc.constantFrom(...known.ids, 'no-such-thing');
  if (schema.pattern?.includes('#')) return fc.constantFrom('#ffffff', '#00000080');
  if (schema.pattern) return fc.constantFrom('headline', 'photo', 'x1');
  return fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('a', '{hook}_{ratio}', '"x" OR y*', '∞🎬'),
  );
}

function numberOf(schema: JsonSchema): fc.Arbitrary<number> {
  const min = Math.max(schema.minimum ?? -1000, schema.exclusiveMinimum ?? -1000, -1_000_000);
  const max = Math.min(schema.maximum ?? 1000, 1_000_000_000_000);
  const low = Math.ceil(Math.min(min, max));
  const high = Math.floor(Math.max(min, max));
  return fc.oneof(fc.integer({ min: low, max: high }), fc.constantFrom(low, high, Math.min(high, Math.max(low, 1))));
}

function resolveRef(ref: string, root: JsonSchema): JsonSchema {
  const found = ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], root);
  return (found ?? {}) as JsonSchema;
}
