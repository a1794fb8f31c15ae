import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { breaksRule, listVariants, type OptionId, type PairingRule, type Project } from '#shared/model/index.ts';
import { useApplyEdit, useUndo } from '../../engine/index.ts';
import { Button, Checkbox, Dialog, Field, formatCount, IconButton, Segmented, Select, toast } from '../../ui/index.ts';
import { mostRows, withMember } from '../exports/export-choice.ts';
import { ruleSentence, rulesFor } from './pairing-rules.ts';

/** Which options may play together: the rules there are, and a new one. */
export function RulesDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const apply = useApplyEdit(project.id);
  const { undo } = useUndo(project.id);
  const free = listVariants({ ...project, pairingRules: [] }, mostRows);
  const remove = (rule: PairingRule) => {
    if (apply({ type: 'pairing.remove', ruleId: rule.id }))
      toast.done('The rule is removed.', { label: 'Undo', onClick: undo });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Pairing rules"
      description="Options that do not go together make no variants."
      className="w-150"
      footerStart={
        <p className="tabular text-sm text-ink-2">
          {formatCount(listVariants(project, mostRows).length, 'variant')} of {free.length.toLocaleString('en-US')}{' '}
          combinations
        </p>
      }
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <ul aria-label="Rules" className="mb-4 divide-y divide-line rounded-md border border-line">
        {project.pairingRules.map((rule) => {
          const blocked = free.filter((variant) => breaksRule(rule, new Set(Object.values(variant)))).length;
          const sentence = ruleSentence(project, rule);
          return (
            <li key={rule.id} className="flex items-center gap-3 py-1.5 pr-1.5 pl-3">
              <span className="min-w-0 grow text-base break-words">{sentence}</span>
              <span className="tabular shrink-0 text-sm text-ink-3">leaves out {blocked}</span>
              <IconButton label={`Remove the rule ${sentence}`} onClick={() => remove(rule)}>
                <Trash2 />
              </IconButton>
            </li>
          );
        })}
        {project.pairingRules.length === 0 && (
          <li className="px-3 py-2 text-sm text-ink-3">No rules: every option is combined with every other.</li>
        )}
      </ul>
      <NewRule project={project} />
    </Dialog>
  );
}

/** An option with its slot, as lists of options show it. */
interface Choice {
  id: OptionId;
  name: string;
  slotId: string;
  slotName: string;
}

function NewRule({ project }: { project: Project }) {
  const apply = useApplyEdit(project.id);
  const choices: Choice[] = slotsWithChoice(project).flatMap((slot) =>
    slot.options.map(({ id, name }) => ({ id, name, slotId: slot.id, slotName: slot.name })),
  );
  const [wanted, setFirst] = useState<OptionId | null>(null);
  const [kind, setKind] = useState<PairingRule['kind']>('exclude');
  const [others, setOthers] = useState<ReadonlySet<OptionId>>(new Set());
  const first = choices.find((one) => one.id === wanted) ?? choices[0];
  if (!first) return null;
  const partners = choices.filter((one) => one.slotId !== first.slotId);
  const picked = partners.filter((one) => others.has(one.id)).map((one) => one.id);
  const rules = rulesFor(kind, first.id, picked);
  const add = () => {
    const edits = rules.map((rule) => ({ type: 'pairing.set' as const, rule }));
    if (edits.length === 0 || !apply({ type: 'batch', label: 'Add pairing rule', edits })) return;
    setOthers(new Set());
  };
  return (
    <section aria-label="New rule" className="flex flex-col gap-3 rounded-md bg-app p-3">
      <div className="flex items-end gap-2">
        <Field label="This option" className="min-w-0 grow">
          {(id) => (
            <Select
              id={id}
              label="This option"
              value={first.id}
              onChange={(next) => setFirst(next as OptionId)}
              options={choices.map((one) => ({ value: one.id, label: one.name, note: one.slotName }))}
            />
          )}
        </Field>
        <Segmented
          label="How it goes together"
          value={kind}
          onChange={setKind}
          options={[
            { value: 'exclude', label: 'never with' },
            { value: 'require', label: 'only with' },
          ]}
        />
      </div>
      <Partners partners={partners} picked={others} onChange={setOthers} />
      <div className="flex items-center gap-3">
        <p className="min-w-0 grow text-sm break-words text-ink-2" aria-live="polite">
          {rules.length > 0
            ? `${rules.map((rule) => ruleSentence(project, rule)).join('; ')}.`
            : 'Tick what it does not go with, or the only ones it goes with.'}
        </p>
        <Button disabled={rules.length === 0} onClick={add}>
          Add rule
        </Button>
      </div>
    </section>
  );
}

/** Slots of which variants take one or another option: only these make rules that mean something. */
function slotsWithChoice(project: Project) {
  return [...project.slots, ...project.globals].filter((slot) => slot.options.length > 1);
}

interface PartnersProps {
  partners: readonly Choice[];
  picked: ReadonlySet<OptionId>;
  onChange: (picked: ReadonlySet<OptionId>) => void;
}

/** Options of the other slots, to be ticked. */
function Partners({ partners, picked, onChange }: PartnersProps) {
  const slots = [...new Map(partners.map((one) => [one.slotId, one.slotName]))];
  return (
    <div className="flex max-h-48 flex-col gap-2 overflow-y-auto">
      {slots.map(([slotId, name]) => (
        <fieldset key={slotId}>
          <legend className="mb-1 text-xs text-ink-3">{name}</legend>
          <div className="flex flex-wrap gap-x-4 gap-y-1.5">
            {partners
              .filter((one) => one.slotId === slotId)
              .map((one) => (
                <Checkbox
                  key={one.id}
                  label={one.name}
                  value={picked.has(one.id)}
                  onChange={(isIn) => onChange(withMember(picked, one.id, isIn))}
                />
              ))}
          </div>
        </fieldset>
      ))}
      {slots.length === 0 && (
        <p className="text-sm text-ink-3">No other part has several options to choose from yet.</p>
      )}
    </div>
  );
}
