import { Popover as Radix } from 'radix-ui';
import { useId, useState } from 'react';
import type { Option, Project } from '#shared/model/index.ts';
import { useApplyEdit } from '../../engine/index.ts';
import { Button, TextArea } from '../../ui/index.ts';
import { addHeadlineEdit, changeTextEdit, type TextPlace, textPlaces } from './text-places.ts';

interface TextEditorProps {
  project: Project;
  option: Option;
  isOpen: boolean;
  onClose: () => void;
}

/** The words of one option, to be changed on its card; other options stay as they are. */
export function TextEditor({ project, option, isOpen, onClose }: TextEditorProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <Radix.Anchor className="pointer-events-none absolute inset-x-0 bottom-0 h-10" />
      <Radix.Portal>
        <Radix.Content
          aria-label={`Text of ${option.name}`}
          side="right"
          align="end"
          sideOffset={8}
          collisionPadding={12}
          onFocusOutside={(event) => event.preventDefault()}
          className="z-40 w-72 animate-pop rounded-lg bg-panel p-3 shadow-pop focus-visible:outline-none"
        >
          <Places project={project} option={option} onClose={onClose} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Places({ project, option, onClose }: Omit<TextEditorProps, 'isOpen'>) {
  const apply = useApplyEdit(project.id);
  const places = textPlaces(project, option);
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-sm font-semibold">Text of {option.name}</h2>
      {places.map((place) => (
        <PlaceField
          key={place.id}
          place={place}
          onChange={(text) => apply(changeTextEdit(project, option, place, text))}
          onReset={() =>
            place.key && apply({ type: 'option.setValue', optionId: option.id, key: place.key, value: null })
          }
          onDone={onClose}
        />
      ))}
      {places.length === 0 && (
        <PlaceField
          place={{ id: 'new', label: 'Headline', value: '', key: null, clipId: null, isOwn: false }}
          onChange={(text) => text.trim() !== '' && apply(addHeadlineEdit(project, option, text))}
          onDone={onClose}
        />
      )}
      <p className="text-xs text-ink-3">Enter keeps it, Shift+Enter starts a line. Other options keep their words.</p>
    </div>
  );
}

interface PlaceFieldProps {
  place: TextPlace;
  onChange: (text: string) => void;
  onReset?: () => void;
  onDone: () => void;
}

function PlaceField({ place, onChange, onReset, onDone }: PlaceFieldProps) {
  const id = useId();
  const [text, setText] = useState(place.value);
  const [shown, setShown] = useState(place.value);
  if (shown !== place.value) {
    // Undo, or another face, changed it meanwhile.
    setShown(place.value);
    setText(place.value);
  }
  const commit = () => {
    if (text !== place.value) onChange(text);
  };
  return (
    <div className="flex flex-col gap-1">
      <div className="flex h-5 items-center justify-between">
        <label htmlFor={id} className="text-sm text-ink-2">
          {place.label}
        </label>
        {place.isOwn && onReset && (
          <Button size="sm" variant="ghost" onClick={onReset}>
            Use the default
          </Button>
        )}
      </div>
      <TextArea
        id={id}
        rows={2}
        value={text}
        maxLength={5000}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          commit();
          onDone();
        }}
      />
    </div>
  );
}
