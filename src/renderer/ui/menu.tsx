import { Check, ChevronRight } from 'lucide-react';
import { ContextMenu as RadixContext, DropdownMenu as RadixDropdown } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { Kbd } from './kbd.tsx';

/** A line of a menu. `separator` draws a rule; `items` makes a submenu; `isChecked` makes it a tick line. */
export type MenuItem =
  | { kind: 'separator' }
  | { kind: 'heading'; label: string }
  | {
      kind?: 'item';
      label: string;
      icon?: ReactNode;
      shortcut?: string;
      onSelect?: () => void;
      items?: readonly MenuItem[];
      isChecked?: boolean;
      isDisabled?: boolean;
      isDangerous?: boolean;
    };

const contentClass =
  'z-50 min-w-44 max-w-80 max-h-[min(28rem,var(--radix-popper-available-height))] overflow-y-auto animate-pop rounded-md bg-raise p-1 shadow-pop';
const itemClass =
  'flex h-7 items-center gap-2 rounded-sm pr-2 pl-1.5 text-sm text-ink outline-none data-disabled:opacity-45 data-highlighted:bg-lift data-[state=open]:bg-lift';

type Parts = typeof RadixDropdown | typeof RadixContext;

function Lines({ items, parts }: { items: readonly MenuItem[]; parts: Parts }) {
  const P = parts as typeof RadixDropdown;
  return items.map((item, index) => {
    const key = index;
    if (item.kind === 'separator') return <P.Separator key={key} className="my-1 h-px bg-line-strong" />;
    if (item.kind === 'heading') {
      return (
        <P.Label key={key} className="px-1.5 py-1 text-xs text-ink-3">
          {item.label}
        </P.Label>
      );
    }
    if (item.items) {
      return (
        <P.Sub key={key}>
          <P.SubTrigger className={itemClass} disabled={item.isDisabled ?? false}>
            <LineBody item={item} />
            <ChevronRight className="-mr-1 size-3.5 text-ink-3" aria-hidden />
          </P.SubTrigger>
          <P.Portal>
            <P.SubContent className={contentClass} collisionPadding={8}>
              <Lines items={item.items} parts={parts} />
            </P.SubContent>
          </P.Portal>
        </P.Sub>
      );
    }
    const common = {
      className: cn(itemClass, item.isDangerous && 'text-bad'),
      disabled: item.isDisabled ?? false,
      onSelect: () => item.onSelect?.(),
    };
    return item.isChecked === undefined ? (
      <P.Item key={key} {...common}>
        <LineBody item={item} />
      </P.Item>
    ) : (
      <P.CheckboxItem key={key} {...common} checked={item.isChecked}>
        <LineBody item={item} />
      </P.CheckboxItem>
    );
  });
}

function LineBody({ item }: { item: Extract<MenuItem, { label: string; kind?: 'item' }> }) {
  return (
    <>
      <span className="flex w-4 shrink-0 justify-center text-ink-3 [&>svg]:size-3.5" aria-hidden>
        {item.isChecked ? <Check className="text-accent" /> : item.icon}
      </span>
      <span className="grow truncate">{item.label}</span>
      {item.shortcut && <Kbd keys={item.shortcut} className="pl-4" />}
    </>
  );
}

/** What a menu line has opened (a dialog, a text box) may hold the focus already: the menu then does not take it back. */
function leaveFocus(event: Event): void {
  const active = document.activeElement;
  if (active && active !== document.body) event.preventDefault();
}

interface MenuProps {
  items: readonly MenuItem[];
  /** The button that opens it. */
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
}

/** A menu that drops from a button. */
export function Menu({ items, children, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <RadixDropdown.Root modal={false}>
      <RadixDropdown.Trigger asChild>{children}</RadixDropdown.Trigger>
      <RadixDropdown.Portal>
        <RadixDropdown.Content
          onCloseAutoFocus={leaveFocus}
          className={contentClass}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
        >
          <Lines items={items} parts={RadixDropdown} />
        </RadixDropdown.Content>
      </RadixDropdown.Portal>
    </RadixDropdown.Root>
  );
}

/** Lines that are only put together once the menu opens. */
function LazyLines({ items }: { items: readonly MenuItem[] | (() => readonly MenuItem[]) }) {
  return <Lines items={typeof items === 'function' ? items() : items} parts={RadixContext} />;
}

interface ContextMenuProps {
  /** A function is asked when the menu opens: for what takes long to put together. */
  items: readonly MenuItem[] | (() => readonly MenuItem[]);
  children: ReactNode;
}

/** The same on right click (and the menu key) over the one element inside it. */
export function ContextMenu({ items, children }: ContextMenuProps) {
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content onCloseAutoFocus={leaveFocus} className={contentClass} collisionPadding={8}>
          <LazyLines items={items} />
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}
