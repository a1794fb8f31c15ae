import { type RefObject, useEffect, useRef } from 'react';
import type { Transport } from '../../preview/transport.ts';
import { plainView, useNoteDraft, useReviewSpeed, useReviewView } from '../../state/index.ts';
import { type Command, toast, useCommands } from '../../ui/index.ts';
import { playerCommands } from '../player/index.ts';
import { type BesideRule, besideChoices, firstBeside, stepBeside } from './beside.ts';
import type { ReviewItem } from './review-list.ts';
import { useReview } from './review-model.tsx';
import { isPlayable, nextWithSeams, seamsOf } from './seams.ts';
import { verdictCommands } from './verdict-commands.ts';

/** Speeds by the key that chooses them. */
export const reviewSpeeds = [1, 2, 3, 4] as const;

const group = 'Review';

/** The file that is about to change places with the one beside it: playback goes on where it is. */
export type Swapping = RefObject<string | null>;

interface Loaded {
  shown: ReviewItem;
  beside: ReviewItem | null;
  swapping: Swapping;
}

/** Loads a file into the transport, from its beginning, playing unless a note is being written. */
export function useLoadedFilm(transport: Transport, { shown, beside, swapping }: Loaded): void {
  const { file } = shown;
  const [speed] = useReviewSpeed();
  const [draft] = useNoteDraft();
  const fresh = useRef({ speed, isWriting: draft !== null });
  fresh.current = { speed, isWriting: draft !== null };
  const besideFrames = beside ? Math.ceil((beside.file.durationSeconds * file.rate.num) / file.rate.den - 1e-6) : 0;
  useEffect(() => {
    transport.setTimeline(Math.max(file.frameCount, besideFrames), file.rate);
  }, [transport, file.frameCount, file.rate, besideFrames]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file alone begins anew
  useEffect(() => {
    if (swapping.current === file.id) {
      swapping.current = null;
      return;
    }
    transport.pause();
    transport.seek(0);
    if (!fresh.current.isWriting && isPlayable(file)) transport.play(fresh.current.speed);
  }, [transport, file.id]);
  useEffect(() => {
    const state = transport.getState();
    if (state.isPlaying && state.speed > 0) transport.play(speed);
  }, [transport, speed]);
}

/** Everything that can be done with the file in the player, and its keys. */
export function usePlayerDeeds(transport: Transport, shown: ReviewItem, swapping: Swapping) {
  const model = useReview();
  const { visible, open } = model;
  const [view, setView] = useReviewView();
  const [speed, setSpeed] = useReviewSpeed();
  const [, setDraft] = useNoteDraft();
  const { file } = shown;
  const frameNow = () => Math.min(transport.getState().frame, file.frameCount - 1);
  const index = visible.findIndex((item) => item.file.id === file.id);
  const go = (step: number) => {
    const next = visible[index < 0 ? 0 : index + step];
    if (next) open(next.file.id);
  };
  const setBeside = (item: ReviewItem | null) =>
    item ? setView({ ...plainView, besideId: item.file.id }) : toast.info('There is no other file like that.');
  const deeds = {
    index,
    go,
    toggle: () => (transport.getState().isPlaying ? transport.pause() : transport.play(speed)),
    choose: (rule: BesideRule, step: 1 | -1 = 1) =>
      setBeside(stepBeside(besideChoices(visible, shown, rule), view.besideId, step)),
    note() {
      transport.pause();
      setDraft({ exportId: file.id, frame: frameNow(), text: '', index: null, isReason: false });
    },
    fix() {
      transport.pause();
      model.fix(shown, frameNow());
    },
    toggleSeams(seams: 'one' | 'all') {
      if (view.seams !== 'off') return setView({ ...view, seams: 'off' });
      const hasOwn = seamsOf(file).length > 0;
      const next = hasOwn || seams === 'one' ? null : nextWithSeams(visible, file.id);
      if (!hasOwn && !next) return toast.info('There is no cut between two options here.');
      setView({ ...plainView, seams });
      if (next) open(next.file.id);
    },
    togglePhone: () => setView({ ...plainView, isPhone: !view.isPhone }),
    toggleBeside: () => (view.besideId ? setView(plainView) : setBeside(firstBeside(visible, shown))),
    swap() {
      if (!view.besideId) return;
      swapping.current = view.besideId;
      open(view.besideId);
      setView({ ...plainView, besideId: file.id });
    },
    back: () => (view.isPhone || view.seams !== 'off' || view.besideId ? setView(plainView) : open(null)),
    setSpeed(next: number) {
      setSpeed(next);
      transport.play(next);
    },
  };
  useCommands([
    ...verdictCommands(model, shown, { note: deeds.note, frame: frameNow }).map((command) =>
      command.id === 'review.fix' ? { ...command, run: deeds.fix } : command,
    ),
    ...viewCommands(deeds, view.besideId !== null),
    ...(view.besideId ? besideCommands(deeds) : pagingCommands(deeds, ['ArrowUp', 'ArrowDown'])),
    ...pagingCommands(deeds, ['PageUp', 'PageDown']).map((command) => ({ ...command, id: `${command.id}.page` })),
    {
      ...{ id: 'review.goOn', label: 'Next without a verdict', group, keys: 'Enter' },
      run: () => model.goOn(shown),
    },
    ...reviewSpeeds.map(
      (key): Command => ({
        ...{ id: `review.speed.${key}`, label: `Play at ${key}×`, group, keys: String(key), isHidden: true },
        run: () => deeds.setSpeed(key),
      }),
    ),
    ...playerCommands(transport).map((command) =>
      command.id === 'player.play' ? { ...command, run: deeds.toggle } : command,
    ),
  ]);
  return deeds;
}

/** See {@link usePlayerDeeds}. */
export type PlayerDeeds = ReturnType<typeof usePlayerDeeds>;

function viewCommands(deeds: PlayerDeeds, isBeside: boolean): Command[] {
  return [
    { id: 'review.seams', label: 'Cuts only, this file', group, keys: 'S', run: () => deeds.toggleSeams('one') },
    {
      id: 'review.allSeams',
      label: 'Cuts only, all files',
      group,
      keys: 'Shift+S',
      run: () => deeds.toggleSeams('all'),
    },
    { id: 'review.phone', label: 'As seen on a phone', group, keys: 'P', run: deeds.togglePhone },
    { id: 'review.beside', label: 'Compare with another file', group, keys: 'C', run: deeds.toggleBeside },
    { id: 'review.swap', label: 'Swap the two files', group, keys: 'X', isEnabled: isBeside, run: deeds.swap },
    { id: 'review.back', label: 'Back', group, keys: 'Escape', isHidden: true, run: deeds.back },
  ];
}

function besideCommands(deeds: PlayerDeeds): Command[] {
  const other = (id: string, label: string, keys: string, step: 1 | -1): Command => ({
    ...{ id: `review.${id}`, label, group, keys, isHidden: true, repeats: true },
    run: () => deeds.choose('any', step),
  });
  return [
    other('previousBeside', 'Compare with the file before', 'ArrowUp', -1),
    other('nextBeside', 'Compare with the file behind', 'ArrowDown', 1),
    { id: 'review.sameHook', label: 'Compare: same hook', group, keys: 'H', run: () => deeds.choose('same-hook') },
    {
      ...{ id: 'review.otherHook', label: 'Compare: same ratio, other hook', group, keys: 'R' },
      run: () => deeds.choose('other-hook'),
    },
  ];
}

function pagingCommands(deeds: PlayerDeeds, [previous, next]: readonly [string, string]): Command[] {
  const page = (id: string, label: string, keys: string, step: number): Command => ({
    ...{ id: `review.${id}`, label, group, keys, isHidden: true, repeats: true },
    run: () => deeds.go(step),
  });
  return [page('previousFile', 'File before', previous, -1), page('nextFile', 'File behind', next, 1)];
}
