import { atom, useAtom, useAtomValue, useSetAtom } from 'jotai';
import type { Review } from '#shared/contract/index.ts';
import type { Ratio } from '#shared/model/index.ts';
import { rememberedAtom } from './remembered.ts';

/** What a person says of an export: what changes, or what was there before. */
export type Saying = Pick<Review, 'verdict' | 'notes'>;

/** Which exports the contact sheet shows. */
export interface ReviewFilter {
  verdict: 'all' | 'open' | 'approved' | 'fix';
  ratio: Ratio | 'all';
  /** "slot:option"; "" = all. */
  option: string;
}

/** Everything. */
export const wholeReview: ReviewFilter = { verdict: 'all', ratio: 'all', option: '' };

/** How finished files are looked at. */
export interface ReviewView {
  /** As a viewer meets it: in a phone, muted, over and over. */
  isPhone: boolean;
  /** Only what happens around cuts: of one file, or of all on the list. */
  seams: 'off' | 'one' | 'all';
  /** The export beside the one under review; null = it is alone. */
  besideId: string | null;
}

/** One file at a time, from beginning to end. */
export const plainView: ReviewView = { isPhone: false, seams: 'off', besideId: null };

/** A note being written. */
export interface NoteDraft {
  exportId: string;
  /** Null = about the whole. */
  frame: number | null;
  text: string;
  /** The note that it takes the place of. */
  index: number | null;
  /** It says why the verdict before it was given: both are taken back together. */
  isReason: boolean;
}

const filterAtom = atom<ReviewFilter>(wholeReview);
const viewAtom = atom<ReviewView>(plainView);
const draftAtom = atom<NoteDraft | null>(null);
const focusAtom = atom<string | null>(null);
const speedAtom = rememberedAtom<number>('review.speed', 1, (value) => [1, 2, 3, 4].includes(Number(value)));
/** What was said here and the engine's lists may not know yet; `updatedAtMs` is infinite until it has answered. */
const saidAtom = atom<ReadonlyMap<string, Review>>(new Map());
const pastAtom = atom<readonly { exportId: string; before: Saying }[]>([]);

/** Steps that can be taken back. */
const mostSteps = 500;

const sayAtom = atom(
  null,
  (get, set, said: { exportId: string; known: Review; change: Partial<Saying>; step: 'new' | 'same' | 'none' }) => {
    const { exportId, known, change, step } = said;
    const { verdict, notes } = newerReview(known, get(saidAtom).get(exportId));
    set(saidAtom, new Map(get(saidAtom)).set(exportId, { verdict, notes, ...change, updatedAtMs: Infinity }));
    const past = get(pastAtom);
    const joins = step === 'none' || (step === 'same' && past.at(-1)?.exportId === exportId);
    if (!joins) set(pastAtom, [...past, { exportId, before: { verdict, notes } }].slice(-mostSteps));
  },
);

const answerAtom = atom(null, (get, set, exportId: string, answer: Review | null) => {
  const said = new Map(get(saidAtom));
  if (answer) said.set(exportId, answer);
  else said.delete(exportId);
  set(saidAtom, said);
});

const takeBackAtom = atom(null, (get, set) => {
  const last = get(pastAtom).at(-1) ?? null;
  if (last) set(pastAtom, get(pastAtom).slice(0, -1));
  return last;
});

/** The later of what the engine's list says and what was said here since. */
export function newerReview(listed: Review, said: Review | undefined): Review {
  return said && said.updatedAtMs >= listed.updatedAtMs ? said : listed;
}

/** Which exports the contact sheet shows. */
export function useReviewFilter(): [ReviewFilter, (filter: ReviewFilter) => void] {
  return useAtom(filterAtom);
}

/** How files are looked at. */
export function useReviewView(): [ReviewView, (view: ReviewView) => void] {
  return useAtom(viewAtom);
}

/** The note being written; null = none. */
export function useNoteDraft(): [NoteDraft | null, (draft: NoteDraft | null) => void] {
  return useAtom(draftAtom);
}

/** The export that the keyboard is on in the contact sheet. */
export function useReviewFocus(): [string | null, (exportId: string | null) => void] {
  return useAtom(focusAtom);
}

/** How fast files are played: 1 to 4. */
export function useReviewSpeed(): [number, (speed: number) => void] {
  return useAtom(speedAtom);
}

/** What was said here, ahead of the engine's lists. */
export function useSaid(): ReadonlyMap<string, Review> {
  return useAtomValue(saidAtom);
}

/** Keeps what is being said, and what was there before it; a `same` step is taken back with the one before it. */
export function useKeepSaying() {
  return useSetAtom(sayAtom);
}

/** Takes over what the engine answered; null = it refused, and its lists are right. */
export function useKeepAnswer() {
  return useSetAtom(answerAtom);
}

/** Takes the last step off the pile and gives what was there before it. */
export function useTakeBack() {
  return useSetAtom(takeBackAtom);
}
