import type { PacketLine } from '../encode/packet-list.ts';
import type { IntendedPacket } from './observed.ts';

/** How the packets of a file differ from those meant; frame numbers of the ad. */
export interface PacketFaults {
  missing: number[];
  doubled: number[];
  /** Something else stands in their place. */
  foreign: number[];
}

/** How many packets in a row must agree for the lists to be in step again. */
const inStep = 3;
/** Longest stretch looked over for that; beyond it everything counts as foreign. */
const farthest = 2000;

/** Compares by hash, in file order. Pure. */
export function comparePackets(seen: readonly PacketLine[], meant: readonly IntendedPacket[]): PacketFaults {
  const faults: PacketFaults = { missing: [], doubled: [], foreign: [] };
  const known = new Map(meant.map((packet) => [packet.hash, packet.frame]));
  let s = 0;
  let m = 0;
  while (s < seen.length || m < meant.length) {
    if (s < seen.length && m < meant.length && seen[s]?.hash === meant[m]?.hash) {
      s += 1;
      m += 1;
      continue;
    }
    const [extra, lost] = resync(seen, meant, s, m);
    const exchanged = Math.min(extra, lost);
    for (let n = 0; n < exchanged; n += 1) faults.foreign.push(meant[m + n]?.frame ?? 0);
    for (let n = exchanged; n < lost; n += 1) faults.missing.push(meant[m + n]?.frame ?? 0);
    for (let n = exchanged; n < extra; n += 1) {
      const again = repeated(seen[s + n], meant[m - extra + n]) ?? known.get(seen[s + n]?.hash ?? '');
      if (again === undefined) faults.foreign.push(meant[Math.min(m + lost, meant.length - 1)]?.frame ?? 0);
      else faults.doubled.push(again);
    }
    s += extra;
    m += lost;
  }
  return faults;
}

/** The frame of the packet just before, when it is that which comes once more: still pictures have many equal packets. */
function repeated(packet: PacketLine | undefined, before: IntendedPacket | undefined): number | undefined {
  return packet !== undefined && packet.hash === before?.hash ? before.frame : undefined;
}

/** How many packets to skip in each list until they agree again; the fewest in all. */
function resync(
  seen: readonly PacketLine[],
  meant: readonly IntendedPacket[],
  s: number,
  m: number,
): [extra: number, lost: number] {
  const [seenLeft, meantLeft] = [seen.length - s, meant.length - m];
  const isInStep = (extra: number, lost: number): boolean => {
    const left = Math.min(inStep, seenLeft - extra, meantLeft - lost);
    if (left <= 0) return seenLeft === extra && meantLeft === lost;
    for (let n = 0; n < left; n += 1) if (seen[s + extra + n]?.hash !== meant[m + lost + n]?.hash) return false;
    return true;
  };
  // One or a few lost or too many first, then stretches that were exchanged, then anything.
  for (let skip = 1; skip <= 60; skip += 1) {
    if (isInStep(0, skip)) return [0, skip];
    if (isInStep(skip, 0)) return [skip, 0];
    if (isInStep(skip, skip)) return [skip, skip];
  }
  for (let skip = 61; skip <= farthest; skip += 1) if (isInStep(skip, skip)) return [skip, skip];
  const positions = new Map(meant.slice(m).map((packet, n) => [packet.hash, n]));
  for (let extra = 0; extra <= Math.min(farthest, seenLeft); extra += 1) {
    const lost = positions.get(seen[s + extra]?.hash ?? '');
    if (lost !== undefined && isInStep(extra, lost)) return [extra, lost];
  }
  return [seenLeft, meantLeft];
}
