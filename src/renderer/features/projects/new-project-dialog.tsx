import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { keys, useEngine } from '../../engine/index.ts';
import { useOpenedProjectId } from '../../state/index.ts';
import { Button, cn, Dialog, ErrorNotice, Field, Input } from '../../ui/index.ts';

type Template = 'hook-body-cta' | 'single';
const templates: readonly { value: Template; title: string; text: string; columns: readonly string[] }[] = [
  {
    value: 'hook-body-cta',
    title: 'Hooks × bodies × CTAs',
    text: 'Three parts that combine into every variant.',
    columns: ['bg-hook', 'bg-body', 'bg-cta'],
  },
  { value: 'single', title: 'One video', text: 'A single timeline in up to four formats.', columns: ['bg-custom'] },
];

/** Makes a new ad and opens it. */
export function NewProjectDialog({ onClose }: { onClose: () => void }) {
  const engine = useEngine();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [, open] = useOpenedProjectId();
  const [name, setName] = useState('');
  const [template, setTemplate] = useState<Template>('hook-body-cta');
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const formId = useId();
  const create = async () => {
    setIsBusy(true);
    setError(null);
    try {
      const { project } = await engine.projects.create({ name: name.trim() || 'New ad', template });
      await queries.invalidateQueries({ queryKey: keys.projects });
      open(project.id);
      onClose();
      await navigate({ to: '/' });
    } catch (failure) {
      setError(failure);
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="New ad"
      className="w-120"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} isBusy={isBusy}>
            Create
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Field label="Name">
          {(id) => (
            <Input
              id={id}
              value={name}
              maxLength={200}
              placeholder="New ad"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <TemplateChoice value={template} onChange={setTemplate} />
        {error !== null && <ErrorNotice error={error} />}
      </form>
    </Dialog>
  );
}

function TemplateChoice({ value, onChange }: { value: Template; onChange: (value: Template) => void }) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm text-ink-2">Start with</legend>
      <div className="grid grid-cols-2 gap-2">
        {templates.map((template) => (
          <label
            key={template.value}
            className={cn(
              'flex flex-col gap-2 rounded-md border p-3 has-focus-visible:outline-2 has-focus-visible:outline-accent',
              value === template.value ? 'border-accent bg-accent-soft' : 'border-line-strong bg-raise hover:bg-lift',
            )}
          >
            <input
              type="radio"
              name="template"
              className="sr-only"
              checked={value === template.value}
              onChange={() => onChange(template.value)}
            />
            <span className="flex h-10 gap-1.5" aria-hidden>
              {template.columns.map((colour) => (
                <span key={colour} className="flex flex-col gap-1">
                  <span className={cn('h-4.5 w-8 rounded-sm opacity-80', colour)} />
                  {template.columns.length > 1 && <span className={cn('h-4.5 w-8 rounded-sm opacity-40', colour)} />}
                </span>
              ))}
            </span>
            <span className="text-base font-semibold">{template.title}</span>
            <span className="text-sm text-ink-2">{template.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
