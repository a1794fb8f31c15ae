import { useState } from 'react';
import { Button, Checkbox, Dialog, Field, Input } from '../../ui/index.ts';
import { useEditor } from './editor-model.ts';
import { findText, replaceTextEdit, type TextFind } from './model/find-text.ts';

/** Finds words over all options of the ad, shows what would change, and replaces what is ticked as one step. */
export function FindTextDialog({ onClose }: { onClose: () => void }) {
  const { base, commit } = useEditor();
  const [find, setFind] = useState('');
  const [replaceWith, setReplaceWith] = useState('');
  const [isCaseSensitive, setCaseSensitive] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const finds = findText(base, { find, replaceWith, isCaseSensitive });
  const chosen = finds.filter((one) => !left.has(one.key));
  const edit = replaceTextEdit(chosen);
  const replace = () => {
    if (commit(edit)) onClose();
  };
  const tick = (key: string, isOn: boolean) =>
    setLeft((old) => new Set(isOn ? [...old].filter((one) => one !== key) : [...old, key]));
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Find and replace text"
      description="In the words of all options of this ad, of texts on timelines and of the post. Fields keep their names."
      className="h-130 w-140"
      isFlush
      footerStart={<Checkbox label="Match case" value={isCaseSensitive} onChange={setCaseSensitive} />}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={replace} disabled={!edit}>
            {chosen.length > 1 ? `Replace in ${chosen.length} texts` : 'Replace'}
          </Button>
        </>
      }
    >
      <form
        className="flex min-h-0 grow flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          if (edit) replace();
        }}
      >
        <div className="grid shrink-0 grid-cols-2 gap-3 px-4 pb-3">
          <Field label="Find">
            {(id) => <Input id={id} value={find} onChange={(event) => setFind(event.target.value)} />}
          </Field>
          <Field label="Replace with">
            {(id) => <Input id={id} value={replaceWith} onChange={(event) => setReplaceWith(event.target.value)} />}
          </Field>
        </div>
        <Finds finds={finds} left={left} isSearching={find !== ''} onTick={tick} />
        {/* Enter in a field replaces. */}
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden />
      </form>
    </Dialog>
  );
}

function Finds(props: {
  finds: readonly TextFind[];
  left: ReadonlySet<string>;
  isSearching: boolean;
  onTick: (key: string, isOn: boolean) => void;
}) {
  const { finds, left, isSearching, onTick } = props;
  if (finds.length === 0)
    return (
      <p className="px-4 py-6 text-center text-sm text-ink-3">
        {isSearching ? 'No text of this ad contains that.' : 'Type what to look for.'}
      </p>
    );
  return (
    <ul aria-label="Found" className="min-h-0 grow overflow-y-auto border-t border-line px-4 py-2">
      {finds.map((one) => (
        <li key={one.key} className="flex items-start gap-2.5 border-b border-line/60 py-2 last:border-b-0">
          <Checkbox
            label={`Replace in ${one.where}`}
            isLabelHidden
            value={!left.has(one.key)}
            onChange={(isOn) => onTick(one.key, isOn)}
          />
          <div className="min-w-0 grow">
            <p className="truncate text-xs text-ink-3">{one.where}</p>
            <p className="text-sm break-words whitespace-pre-wrap text-ink-2 line-through decoration-ink-3">
              {one.before}
            </p>
            <p className="text-sm break-words whitespace-pre-wrap text-ink">{one.after || 'Nothing'}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
