import { useEffect, useState, useSyncExternalStore } from 'react';
import { Transport, type TransportState } from '../../preview/transport.ts';

/** Part of a transport's state; renders anew only when that part changes (compared with `Object.is`). */
export function useTransportState<Part>(transport: Transport, select: (state: TransportState) => Part): Part {
  return useSyncExternalStore(transport.subscribe, () => select(transport.getState()));
}

/** A transport that lives as long as the component; the given one when there is one. */
export function useOwnTransport(given?: Transport): Transport {
  const [own] = useState(() => given ?? new Transport());
  useEffect(() => () => (given ? undefined : own.pause()), [given, own]);
  return given ?? own;
}
