import type { OptionId, Variant } from '#shared/model/index.ts';

/** What the timeline shows: one option's sequence, or one whole variant with its global slots. */
export type TimelineTarget = { kind: 'option'; optionId: OptionId } | { kind: 'variant'; variant: Variant };
