import { type Ratio, ratios } from '#shared/model/index.ts';
import { type ReviewFilter, useReviewFilter } from '../../state/index.ts';
import { Segmented, Select } from '../../ui/index.ts';
import { useReview } from './review-model.tsx';

/** Which files the contact sheet shows. */
export function SheetFilter() {
  const { items, tally, choices } = useReview();
  const [filter, setFilter] = useReviewFilter();
  const set = (change: Partial<ReviewFilter>) => setFilter({ ...filter, ...change });
  const made = ratios.filter((ratio) => items.some(({ file }) => file.ratio === ratio));
  const verdicts = [
    ['all', 'All', items.length],
    ['open', 'Open', tally.total - tally.looked],
    ['approved', 'Approved', tally.approved],
    ['fix', 'To fix', tally.fix],
  ] as const;
  return (
    <>
      <Segmented
        label="Verdict"
        value={filter.verdict}
        onChange={(verdict) => set({ verdict })}
        options={verdicts.map(([value, word, count]) => ({
          value,
          name: `${word}, ${count}`,
          label: (
            <span>
              {word} <span className="tabular">{count}</span>
            </span>
          ),
        }))}
      />
      {(made.length > 1 || filter.ratio !== 'all') && (
        <Select
          label="Ratio"
          value={filter.ratio}
          onChange={(ratio: Ratio | 'all') => set({ ratio })}
          options={[{ value: 'all', label: 'All ratios' }, ...made.map((value) => ({ value, label: value }))]}
          className="w-28 min-w-24"
        />
      )}
      {(choices.length > 0 || filter.option !== '') && (
        <Select
          label="Option"
          value={filter.option}
          onChange={(option) => set({ option })}
          options={[
            { value: '', label: 'All options' },
            ...choices.map(({ value, name, slotName }) => ({ value, label: name, note: slotName })),
          ]}
          className="w-36 min-w-24"
        />
      )}
    </>
  );
}
