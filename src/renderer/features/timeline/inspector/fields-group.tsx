import { useId } from 'react';
import { type EditInput, type Field, labelForKey } from '#shared/model/index.ts';
import { useEditor } from '../editor-model.ts';
import type { SectionView } from '../model/lanes.ts';
import { DraftWords } from './draft-words.tsx';
import { Group } from './parts.tsx';

/** What one option says in the fields of its sequence. */
export function FieldsGroup({ section, keys }: { section: SectionView; keys?: readonly string[] }) {
  const fields = section.sequence?.fields.filter(
    (field) => field.kind === 'text' && (keys === undefined || keys.includes(field.key)),
  );
  if (!fields || fields.length === 0) return null;
  return (
    <Group title={`Words of ${section.optionName}`}>
      {fields.map((field) => (
        <FieldValueBox key={`${section.optionId}/${field.key}`} section={section} field={field} />
      ))}
    </Group>
  );
}

function FieldValueBox({ section, field }: { section: SectionView; field: Field }) {
  const { commit } = useEditor();
  const id = useId();
  const value = section.values[field.key];
  const own = value && 'text' in value ? value.text : null;
  const fallback = field.default && 'text' in field.default ? field.default.text : '';
  const label = field.label || labelForKey(field.key);
  const edit = (text: string): EditInput => ({
    type: 'option.setValue',
    optionId: section.optionId,
    key: field.key,
    value: { text },
  });
  return (
    <div className="flex flex-col gap-1">
      <span className="flex justify-between text-sm text-ink-3">
        <label htmlFor={id}>{label}</label>
        {own !== null && own !== fallback && (
          <button
            type="button"
            className="rounded-sm text-xs text-ink-3 hover:text-ink"
            onClick={() => commit({ type: 'option.setValue', optionId: section.optionId, key: field.key, value: null })}
          >
            Reset
          </button>
        )}
      </span>
      <DraftWords id={id} rows={2} value={own ?? fallback} placeholder={fallback} edit={edit} />
    </div>
  );
}
