import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { TextLook } from '#shared/captions/index.ts';
import type { TextStyle } from '#shared/model/index.ts';
import { Button, IconButton, Input, type MenuItem, Popover } from '../../ui/index.ts';
import { LookGrid } from './look-grid.tsx';
import { useOwnLooks } from './use-own-looks.ts';

interface TextLooksProps {
  /** "Looks of captions". */
  label: string;
  /** Those shipped. */
  looks: readonly TextLook[];
  /** The style in force, without what is only tried. */
  chosen: TextStyle | null;
  onPreview: (look: TextLook | null) => void;
  onChoose: (look: TextLook) => void;
}

/** Ready-made looks and one's own, to be tried by pointing and kept by a click. */
export function TextLooks({ label, looks, chosen, onPreview, onChoose }: TextLooksProps) {
  const own = useOwnLooks();
  const menuOf = (look: TextLook): MenuItem[] => [
    ...(chosen ? [{ label: 'Replace with the look of this text', onSelect: () => own.replace(look.id, chosen) }] : []),
    { label: `Remove “${look.name}”`, isDangerous: true, onSelect: () => own.remove(look.id) },
  ];
  const shared = { chosen, onPreview, onChoose };
  return (
    <div className="flex flex-col gap-1.5">
      <LookGrid label={label} looks={looks} {...shared} />
      <div className="flex h-6 items-center justify-between">
        <span className="text-xs text-ink-3">Your looks</span>
        {chosen && <SaveLook onSave={(name) => own.save(name, chosen)} />}
      </div>
      {own.looks.length === 0 ? (
        <p className="text-xs text-ink-3">Keep the look of this text with + to use it again in any project.</p>
      ) : (
        <LookGrid label="Your looks" looks={own.looks} {...shared} menuOf={menuOf} />
      )}
    </div>
  );
}

function SaveLook({ onSave }: { onSave: (name: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const save = () => {
    if (name.trim() === '') return;
    onSave(name.trim());
    setName('');
    setOpen(false);
  };
  return (
    <Popover
      label="Keep this look"
      align="end"
      isOpen={isOpen}
      onOpenChange={setOpen}
      className="w-56 p-3"
      trigger={
        <IconButton label="Keep this look" size="sm">
          <Plus />
        </IconButton>
      }
    >
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Input
          aria-label="Name of the look"
          placeholder="Name of the look"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" variant="primary" size="sm" disabled={name.trim() === ''}>
          Keep look
        </Button>
      </form>
    </Popover>
  );
}
