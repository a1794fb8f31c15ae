import { CircleAlert, Copy } from 'lucide-react';
import { createContext, type ReactNode, useContext } from 'react';
import { AppError, type AppErrorData, type RetryAction, toAppError } from '#shared/errors/index.ts';
import { Button } from './button.tsx';
import { cn } from './cn.ts';

/** What the page can do about an error; supplied once by the frame, overridden where a place knows better. */
export type ErrorActions = Partial<Record<RetryAction, () => void>>;

const ErrorActionsContext = createContext<ErrorActions>({});
/** Gives the page's general answers to errors (open settings, free space …). */
export const ErrorActionsProvider = ErrorActionsContext.Provider;

const actionLabels: Record<Exclude<RetryAction, 'none'>, string> = {
  retry: 'Try again',
  relink: 'Find the file…',
  'choose-folder': 'Choose a folder…',
  'free-space': 'Free space…',
  'install-ffmpeg': 'Set up ffmpeg…',
  'open-settings': 'Open settings',
};

/** Label and function of the button an error asks for; null when it asks for none that can be given here. */
export function useErrorAction(
  error: AppErrorData | null,
  actions: ErrorActions = {},
): { label: string; onClick: () => void } | null {
  const general = useContext(ErrorActionsContext);
  if (!error || error.retry === 'none') return null;
  const onClick = actions[error.retry] ?? general[error.retry];
  return onClick ? { label: actionLabels[error.retry], onClick } : null;
}

interface ErrorNoticeProps {
  /** An AppError, its data, or anything thrown. */
  error: unknown;
  actions?: ErrorActions;
  /** Further buttons. */
  children?: ReactNode;
  className?: string;
  /** Without box and details, for tight places. */
  isInline?: boolean;
}

function dataOf(error: unknown): AppErrorData {
  if (error instanceof AppError) return error.toData();
  if (typeof error === 'object' && error !== null && 'userMessage' in error && 'code' in error)
    return error as AppErrorData;
  return toAppError(error).toData();
}

/** What happened, why, and what to do about it. */
export function ErrorNotice({ error, actions = {}, children, className, isInline = false }: ErrorNoticeProps) {
  const data = dataOf(error);
  const action = useErrorAction(data, actions);
  return (
    <div
      role="alert"
      className={cn('flex gap-2 text-sm', !isInline && 'rounded-md border border-bad/30 bg-bad-soft p-3', className)}
    >
      <CircleAlert className="mt-px size-4 shrink-0 text-bad" aria-hidden />
      <div className="min-w-0 grow">
        <p className="break-words text-ink" data-selectable>
          {data.userMessage}
        </p>
        {(action || children) && (
          <div className="mt-2 flex flex-wrap gap-2">
            {action && (
              <Button size="sm" onClick={action.onClick}>
                {action.label}
              </Button>
            )}
            {children}
          </div>
        )}
        {!isInline && <ErrorDetails data={data} />}
      </div>
    </div>
  );
}

/** Evidence for those who want it, foldable, to be copied into a report. */
export function ErrorDetails({ data }: { data: AppErrorData }) {
  const text = [`${data.code}: ${data.message}`, data.details ? JSON.stringify(data.details, null, 2) : '']
    .join('\n')
    .trim();
  return (
    <details className="mt-2">
      <summary className="w-fit cursor-pointer text-xs text-ink-3 hover:text-ink">Details</summary>
      <pre
        data-selectable
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long details scroll, and without a mouse only what has focus does
        tabIndex={0}
        className="mt-1 max-h-48 overflow-auto rounded-md bg-app p-2 font-mono text-xs whitespace-pre-wrap break-words text-ink-2"
      >
        {text}
      </pre>
      <Button
        size="sm"
        variant="ghost"
        className="mt-1"
        icon={<Copy className="size-3.5" />}
        onClick={() => void navigator.clipboard?.writeText(text)}
      >
        Copy
      </Button>
    </details>
  );
}
