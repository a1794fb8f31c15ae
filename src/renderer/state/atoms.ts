/**
 * The one door to jotai: features make their atoms with these. For what the screen alone knows (selection, zoom,
 * playhead, panel sizes); engine data lives in queries, navigation in the route.
 */
export { atom, type PrimitiveAtom, useAtom, useAtomValue, useSetAtom, type WritableAtom } from 'jotai';
export { atomWithStorage } from 'jotai/utils';
