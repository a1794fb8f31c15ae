import { useState } from 'react';
import type { Asset } from '#shared/model/index.ts';
import { Button, Field, Input, TextArea } from '../../ui/index.ts';
import { useMediaActions } from '../media/use-media-actions.ts';

/** "2026-03-14" of a moment, local; empty when there is none. */
export function dayOf(atMs: number | null): string {
  if (atMs === null) return '';
  const date = new Date(atMs);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** The last moment of a local day; null for no day. */
export function endOfDay(day: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  return match ? new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]), 23, 59, 59).getTime() : null;
}

/** Who owns it, until when it may be used, and on what terms. Kept when "Save" is pressed. */
export function RightsForm({ asset }: { asset: Asset }) {
  const actions = useMediaActions();
  const [owner, setOwner] = useState(asset.rights?.owner ?? '');
  const [day, setDay] = useState(dayOf(asset.rights?.expiresAtMs ?? null));
  const [note, setNote] = useState(asset.rights?.note ?? '');
  const isChanged =
    owner !== (asset.rights?.owner ?? '') ||
    day !== dayOf(asset.rights?.expiresAtMs ?? null) ||
    note !== (asset.rights?.note ?? '');
  const isOver = asset.rights?.expiresAtMs != null && asset.rights.expiresAtMs < Date.now();
  const save = () => {
    const isEmpty = owner.trim() === '' && day === '' && note.trim() === '';
    const rights = isEmpty ? null : { owner: owner.trim(), expiresAtMs: endOfDay(day), note: note.trim() };
    actions.update([asset.id], { rights });
  };
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label="Owner">
        {(id) => <Input id={id} value={owner} maxLength={200} onChange={(event) => setOwner(event.target.value)} />}
      </Field>
      <Field label="May be used until" error={isOver ? 'The right to use it has ended.' : null}>
        {(id) => <Input id={id} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}
      </Field>
      <Field label="Terms">
        {(id) => (
          <TextArea id={id} rows={2} value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      {isChanged && (
        <Button type="submit" variant="primary" className="self-end">
          Save rights
        </Button>
      )}
    </form>
  );
}
