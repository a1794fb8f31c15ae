import { Ban, FolderPlus, Plus, Star, Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useCollections } from '../../engine/index.ts';
import { useAtom } from '../../state/index.ts';
import { Button, formatCount, IconButton, Input, Menu, Popover } from '../../ui/index.ts';
import { noSelection } from '../media/selection.ts';
import { useMediaActions } from '../media/use-media-actions.ts';
import type { PagedAssets } from '../media/use-paged-assets.ts';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { selectionAtom } from './library-state.ts';
import { useSelectedAssets } from './use-selected-assets.ts';

/** What can be done with all that is selected; shown from two items on. */
export function SelectionBar({ paged }: { paged: PagedAssets }) {
  const [{ ids }, setSelection] = useAtom(selectionAtom);
  const assets = useSelectedAssets();
  const actions = useMediaActions();
  const { state } = useCurrentProject();
  if (ids.size < 2 || paged.total === 0) return null;
  const all = [...ids];
  return (
    <div
      role="toolbar"
      aria-label="Selected media"
      className="flex h-11 shrink-0 items-center gap-2 border-t border-line bg-panel px-4"
    >
      <span className="tabular text-sm font-semibold">{formatCount(ids.size, 'item')} selected</span>
      <IconButton label="Select nothing" shortcut="Escape" size="sm" onClick={() => setSelection(noSelection)}>
        <X />
      </IconButton>
      <div className="grow" />
      {state && assets.length === ids.size && (
        <Menu
          side="top"
          items={state.project.slots.map((slot) => ({
            label: slot.name,
            onSelect: () => actions.addToSlot(assets, slot.id),
          }))}
        >
          <Button icon={<Plus className="size-4" />}>Add to the ad</Button>
        </Menu>
      )}
      <Menu
        side="top"
        items={[5, 4, 3, 2, 1, 0].map((rating) => ({
          label: rating === 0 ? 'None' : '★'.repeat(rating),
          onSelect: () => actions.update(all, { rating }),
        }))}
      >
        <Button icon={<Star className="size-4" />}>Rate</Button>
      </Menu>
      <Button
        icon={<Ban className="size-4" />}
        onClick={() => {
          const isRejected = !assets.every((asset) => asset.isRejected);
          actions.update(all, { isRejected });
          if (isRejected) setSelection(noSelection);
        }}
      >
        {assets.every((asset) => asset.isRejected) ? 'Take back' : 'Reject'}
      </Button>
      <TagButton onTag={(tag) => actions.update(all, { addTags: [tag] })} />
      <CollectionButton onChoose={(collection) => actions.addToCollection(all, collection)} />
      <Button
        variant="danger"
        icon={<Trash2 className="size-4" />}
        onClick={() => actions.remove(all, () => setSelection(noSelection))}
      >
        Remove
      </Button>
    </div>
  );
}

function TagButton({ onTag }: { onTag: (tag: string) => void }) {
  return (
    <NameBox icon={<Tag className="size-4" />} button="Tag" label="Tag" placeholder="New or known tag" onName={onTag} />
  );
}

function CollectionButton({
  onChoose,
}: {
  onChoose: (collection: { id: string; name: string } | { name: string }) => void;
}) {
  const { data: collections = [] } = useCollections();
  return (
    <NameBox
      icon={<FolderPlus className="size-4" />}
      button="Collection"
      label="New collection"
      placeholder="New collection"
      onName={(name) => onChoose(collections.find((one) => one.name === name) ?? { name })}
      choices={collections.map((one) => ({ label: one.name, onClick: () => onChoose(one) }))}
    />
  );
}

interface NameBoxProps {
  icon: React.ReactNode;
  button: string;
  label: string;
  placeholder: string;
  onName: (name: string) => void;
  choices?: readonly { label: string; onClick: () => void }[];
}

function NameBox({ icon, button, label, placeholder, onName, choices = [] }: NameBoxProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState('');
  const finish = (act: () => void) => {
    setIsOpen(false);
    setName('');
    act();
  };
  return (
    <Popover
      label={button}
      side="top"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      className="w-60 p-2"
      trigger={<Button icon={icon}>{button}</Button>}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const text = name.trim();
          if (text !== '') finish(() => onName(text));
        }}
        className="flex gap-2"
      >
        <Input
          aria-label={label}
          value={name}
          maxLength={100}
          placeholder={placeholder}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" variant="primary" disabled={name.trim() === ''}>
          Add
        </Button>
      </form>
      {choices.length > 0 && (
        <ul className="mt-2 max-h-48 overflow-y-auto">
          {choices.map((choice) => (
            <li key={choice.label}>
              <button
                type="button"
                onClick={() => finish(choice.onClick)}
                className="ring-inset-focus h-7 w-full truncate rounded-sm px-2 text-left text-sm hover:bg-lift"
              >
                {choice.label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}
