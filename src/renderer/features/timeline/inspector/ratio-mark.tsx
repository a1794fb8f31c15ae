import type { Ratio } from '#shared/model/index.ts';
import { ratios } from '#shared/model/index.ts';
import { Menu, type MenuItem } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';
import {
  appliedToAll,
  type LayoutHolder,
  type LayoutPart,
  layoutChange,
  ownParts,
  resetIn,
} from '../model/ratio-layout.ts';

/** Ratios in which one of the clips has one of these values of its own. */
function ratiosWithOwn(holders: readonly LayoutHolder[], parts: readonly LayoutPart[]): Ratio[] {
  return ratios.filter((ratio) =>
    holders.some(({ clip }) => ownParts(clip, ratio).some((part) => parts.includes(part))),
  );
}

/** Menu lines for values that the ratio shown has of its own (null = all of them). */
export function useRatioLines(holders: readonly LayoutHolder[], parts: readonly LayoutPart[] | null): MenuItem[] {
  const { ratio, commit } = useEditor();
  const isOwn = holders.some(({ clip }) => ownParts(clip, ratio).some((part) => parts?.includes(part) ?? true));
  return [
    {
      label: 'Reset to all ratios',
      isDisabled: !isOwn,
      onSelect: () => commit(layoutChange(holders, `Same layout in ${ratio}`, (shape) => resetIn(shape, ratio, parts))),
    },
    {
      label: 'Apply to all ratios',
      isDisabled: !isOwn,
      onSelect: () =>
        commit(layoutChange(holders, `Layout of ${ratio} in all`, (shape) => appliedToAll(shape, ratio, parts))),
    },
  ];
}

interface RatioMarkProps {
  holders: readonly LayoutHolder[];
  /** Name of the value, e.g. "Scale". */
  label: string;
  parts: readonly LayoutPart[];
}

/** A dot beside a value that differs between ratios: full where the ratio shown has its own, with ways out of it. */
export function RatioMark({ holders, label, parts }: RatioMarkProps) {
  const { ratio } = useEditor();
  const lines = useRatioLines(holders, parts);
  const own = ratiosWithOwn(holders, parts);
  if (own.length === 0) return null;
  if (!own.includes(ratio)) {
    const title = `${label} differs in ${own.join(', ')}`;
    return (
      <span
        role="img"
        aria-label={title}
        title={title}
        className="size-1.5 shrink-0 rounded-full border border-ink-3"
      />
    );
  }
  return (
    <Menu items={[{ kind: 'heading', label: `${label} is ${ratio}’s own` }, ...lines]}>
      <button
        type="button"
        aria-label={`${label} differs in ${ratio}`}
        title={`${label} differs in ${ratio}`}
        className="-m-1 flex size-4 shrink-0 items-center justify-center rounded-sm hover:bg-lift data-[state=open]:bg-lift"
      >
        <span className="size-1.5 rounded-full bg-accent" />
      </button>
    </Menu>
  );
}
