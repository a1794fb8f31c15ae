import { EventEmitter } from 'node:events';
import type { BrowserContext } from 'playwright-core';
import { createUrlMap } from './url-map.ts';

/** One call of a system dialog. */
export interface DialogCall {
  method: string;
  options: Record<string, unknown>;
}

/** What the parts of the double share. One program, one instance. */
export const shared = {
  browser: null as Promise<BrowserContext> | null,
  port: 0,
  schemes: [] as string[],
  handlers: new Map<string, (request: Request) => Promise<Response> | Response>(),
  dialogAnswers: [] as { method: string; answer: Record<string, unknown> }[],
  dialogCalls: [] as DialogCall[],
  revealed: [] as string[],
  blocked: [] as string[],
  isQuitting: false,
};

/** URLs of custom schemes ↔ where they really are. */
export const urlMap = createUrlMap(
  () => shared.schemes,
  () => shared.port,
);

/** An event whose default can be prevented, as Electron's. */
export function cancellable<Extra extends object>(
  extra: Extra,
): Extra & { preventDefault(): void; defaultPrevented: boolean } {
  const event = {
    ...extra,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}

/** The program's own events. */
export const appEvents = new EventEmitter();
