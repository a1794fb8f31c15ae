import { X } from 'lucide-react';
import { Dialog as Radix, AlertDialog as RadixAlert } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { Button, IconButton } from './button.tsx';
import { cn } from './cn.ts';
import { LayerProvider, useNewLayer } from './commands/index.ts';
import { useFocusBack } from './focus-back.ts';

const overlayClass = 'fixed inset-0 z-40 animate-fade bg-scrim';
const boxClass =
  'fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100vh-48px)] max-w-[calc(100vw-48px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-lg bg-panel shadow-pop focus-visible:outline-none';

/** Into the first text box, or the box itself: never onto the close button, whose tooltip would pop up. */
function focusFirstField(event: Event): void {
  event.preventDefault();
  const box = event.currentTarget as HTMLElement;
  const field = box.querySelector<HTMLElement>('input:not([readonly]):not([type=radio]), textarea');
  (field ?? box).focus();
}

interface DialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** Kept for screen readers, not drawn (a video fills the box). */
  isTitleHidden?: boolean;
  description?: ReactNode;
  children: ReactNode;
  /** Right end of the bottom bar: usually Cancel and the one primary button. */
  footer?: ReactNode;
  /** Left end of the bottom bar. */
  footerStart?: ReactNode;
  /** Tailwind width, e.g. "w-120". */
  className?: string;
  /** Padding and scrolling of the middle are the caller's business. */
  isFlush?: boolean;
}

/** A box over the page. Commands of the page rest while it is open. */
export function Dialog(props: DialogProps) {
  const focus = useFocusBack(props.isOpen, focusFirstField);
  return (
    <Radix.Root open={props.isOpen} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayClass} />
        <Radix.Content
          className={cn(boxClass, props.className ?? 'w-110')}
          {...focus}
          {...(props.description ? {} : { 'aria-describedby': undefined })}
        >
          <DialogBody {...props} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function DialogBody({ title, isTitleHidden, description, children, footer, footerStart, isFlush }: DialogProps) {
  const layer = useNewLayer();
  return (
    <LayerProvider value={layer}>
      <header className={cn('flex shrink-0 items-start gap-2 px-4 pt-3 pb-2', isTitleHidden && 'sr-only')}>
        <div className="min-w-0 grow">
          <Radix.Title className="truncate text-lg font-semibold text-ink">{title}</Radix.Title>
          {description && <Radix.Description className="text-sm text-ink-3">{description}</Radix.Description>}
        </div>
        <Radix.Close asChild>
          <IconButton label="Close" shortcut="Escape" className="-mr-1.5">
            <X />
          </IconButton>
        </Radix.Close>
      </header>
      <div className={cn('min-h-0 grow', isFlush ? 'flex flex-col' : 'overflow-y-auto px-4 pb-4')}>{children}</div>
      {(footer || footerStart) && (
        <footer className="flex shrink-0 items-center gap-2 border-t border-line px-4 py-3">
          <div className="mr-auto flex min-w-0 items-center gap-2">{footerStart}</div>
          {footer}
        </footer>
      )}
    </LayerProvider>
  );
}

interface ConfirmDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  children: ReactNode;
  /** Says what will happen: "Remove 3 clips". */
  confirmLabel: string;
  isDangerous?: boolean;
  onConfirm: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  const focus = useFocusBack(props.isOpen, () => cancel.current?.focus());
  return (
    <RadixAlert.Root open={props.isOpen} onOpenChange={props.onOpenChange}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={overlayClass} />
        <RadixAlert.Content className={cn(boxClass, 'w-96 p-4')} {...focus}>
          <ConfirmLayer>
            <RadixAlert.Title className="text-lg font-semibold">{props.title}</RadixAlert.Title>
            <RadixAlert.Description asChild>
              <div className="mt-1 mb-4 text-base text-ink-2">{props.children}</div>
            </RadixAlert.Description>
            <div className="flex justify-end gap-2">
              <RadixAlert.Cancel asChild>
                <Button ref={cancel}>Cancel</Button>
              </RadixAlert.Cancel>
              <RadixAlert.Action asChild>
                <Button variant={props.isDangerous ? 'danger' : 'primary'} onClick={props.onConfirm}>
                  {props.confirmLabel}
                </Button>
              </RadixAlert.Action>
            </div>
          </ConfirmLayer>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  );
}

function ConfirmLayer({ children }: { children: ReactNode }) {
  return <LayerProvider value={useNewLayer()}>{children}</LayerProvider>;
}
