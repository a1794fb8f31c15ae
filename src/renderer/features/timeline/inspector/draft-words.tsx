import { useRef, useState } from 'react';
import type { EditInput } from '#shared/model/index.ts';
import { TextArea } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';

interface DraftWordsProps {
  id?: string;
  label?: string;
  rows: number;
  /** As it is now, the edit under way included. */
  value: string;
  placeholder?: string;
  edit: (words: string) => EditInput | null;
}

/** A text box whose words show in the picture while they are typed and are kept, as one edit, when it is left. */
export function DraftWords({ id, label, rows, value, placeholder, edit }: DraftWordsProps) {
  const { draft, commit } = useEditor();
  const [words, setWords] = useState<string | null>(null);
  // The value shown already contains the draft: what counts as a change is measured from the beginning of the typing.
  const before = useRef(value);
  return (
    <TextArea
      {...(id ? { id } : {})}
      aria-label={label}
      rows={rows}
      value={words ?? value}
      placeholder={placeholder}
      onFocus={() => {
        before.current = value;
      }}
      onChange={(event) => {
        setWords(event.target.value);
        draft(edit(event.target.value));
      }}
      onBlur={() => {
        if (words !== null) commit(words === before.current ? null : edit(words));
        setWords(null);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        event.currentTarget.blur();
      }}
    />
  );
}
