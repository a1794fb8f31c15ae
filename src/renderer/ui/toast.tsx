import { Toaster as Sonner, toast as sonner } from 'sonner';
import { toAppError } from '#shared/errors/index.ts';

interface ToastAction {
  label: string;
  onClick: () => void;
}

/** Short messages at the corner of the page. */
export const toast = {
  /** Something was done; with an action it can usually be undone. */
  done: (message: string, action?: ToastAction): void =>
    void sonner.success(message, action ? { action, duration: 8000 } : {}),
  /** Something worth knowing, with up to two things to do about it. */
  info: (message: string, action?: ToastAction, other?: ToastAction): void =>
    void sonner(message, {
      ...(action && { action, duration: 10_000 }),
      ...(other && { cancel: other, duration: 15_000 }),
    }),
  /** Something failed: shows what the error says to people. Cancellations are not failures and show nothing. */
  error: (error: unknown, action?: ToastAction): void => {
    const known = toAppError(error);
    if (known.code === 'cancelled') return;
    sonner.error(known.userMessage, { duration: 8000, ...(action ? { action } : {}) });
  },
};

const toastButton =
  'shrink-0 self-center rounded-md border border-line-strong bg-lift px-2 h-6 text-sm text-ink hover:bg-line-strong';

/** Once at the top of the page. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      offset={{ bottom: 84, right: 16 }}
      visibleToasts={4}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-84 items-start gap-2.5 rounded-lg bg-raise p-3 font-sans text-sm text-ink shadow-pop [&_[data-icon]]:mt-0.5',
          title: 'text-sm text-ink',
          content: 'grow min-w-0 break-words',
          success: '[&_[data-icon]]:text-ok',
          error: '[&_[data-icon]]:text-bad',
          actionButton: toastButton,
          cancelButton: toastButton,
        },
      }}
    />
  );
}
