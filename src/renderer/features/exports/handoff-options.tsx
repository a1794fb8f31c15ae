import { useId } from 'react';
import type { Handoff } from '#shared/contract/index.ts';
import { Checkbox } from '../../ui/index.ts';

interface HandoffOptionsProps {
  value: Handoff;
  onChange: (value: Handoff) => void;
}

const parts: readonly { key: keyof Handoff; label: string; note: string }[] = [
  {
    key: 'hasCaptions',
    label: 'Captions',
    note: 'The words of each file with their times, as .srt, where it has any.',
  },
  {
    key: 'hasCovers',
    label: 'Covers',
    note: 'One picture per file, as .jpg: the cover chosen on the board, else a suggestion.',
  },
  {
    key: 'hasTable',
    label: 'Table for the media buyer',
    note: 'A .csv with texts, links and permanent ids of all files, and which options and pieces each is made of.',
  },
  { key: 'isZipped', label: 'ZIP', note: 'Everything once more as one .zip.' },
];

/** What is written beside the finished files. */
export function HandoffOptions({ value, onChange }: HandoffOptionsProps) {
  const id = useId();
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-sm text-ink-2">Beside the files, when all of them are done</legend>
      {parts.map(({ key, label, note }) => (
        <div key={key}>
          <Checkbox
            id={`${id}-${key}`}
            label={label}
            value={value[key]}
            onChange={(isIn) => onChange({ ...value, [key]: isIn })}
          />
          <p className="pl-6 text-xs text-ink-3">{note}</p>
        </div>
      ))}
    </fieldset>
  );
}
