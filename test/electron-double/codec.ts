/**
 * Text form of what crosses between the double's main process and its page. JSON loses `undefined`, Map, Set, Date,
 * bytes, big and odd numbers; the real thing clones them, so the double must too. Plain functions without imports: the
 * page gets their source.
 */
export function encode(value: unknown): string {
  const tag = (kind: string, data: unknown) => ({ $double: kind, data });
  const visit = (item: unknown): unknown => {
    if (item === undefined) return tag('undefined', null);
    if (typeof item === 'bigint') return tag('bigint', String(item));
    if (typeof item === 'number' && !Number.isFinite(item)) return tag('number', String(item));
    if (typeof item === 'function' || typeof item === 'symbol') throw new Error('An object could not be cloned.');
    if (typeof item !== 'object' || item === null) return item;
    if (item instanceof Date) return tag('date', item.getTime());
    if (item instanceof Map)
      return tag(
        'map',
        [...item].map((pair) => pair.map(visit)),
      );
    if (item instanceof Set) return tag('set', [...item].map(visit));
    if (item instanceof Error) return tag('error', { name: item.name, message: item.message });
    if (item instanceof ArrayBuffer) return tag('buffer', [...new Uint8Array(item)]);
    if (ArrayBuffer.isView(item))
      return tag('bytes', [...new Uint8Array(item.buffer, item.byteOffset, item.byteLength)]);
    if (Array.isArray(item)) return item.map(visit);
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, visit(inner)]));
  };
  return JSON.stringify(visit(value));
}

/** The inverse of {@link encode}. */
export function decode(text: string): unknown {
  const visit = (item: unknown): unknown => {
    if (typeof item !== 'object' || item === null) return item;
    if (Array.isArray(item)) return item.map(visit);
    if (!('$double' in item)) {
      return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, visit(inner)]));
    }
    const { $double: kind, data } = item as { $double: string; data: never };
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(data);
      case 'number':
        return Number(data);
      case 'date':
        return new Date(data);
      case 'map':
        return new Map((data as [unknown, unknown][]).map(([key, inner]) => [visit(key), visit(inner)] as const));
      case 'set':
        return new Set((data as unknown[]).map(visit));
      case 'error':
        return Object.assign(new Error((data as { message: string }).message), {
          name: (data as { name: string }).name,
        });
      case 'buffer':
        return new Uint8Array(data).buffer;
      default:
        return new Uint8Array(data);
    }
  };
  return visit(JSON.parse(text));
}
