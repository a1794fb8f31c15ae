import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';

/** True when a message comes from the studio's own page, in a window's main frame. */
export function isTrusted(event: IpcMainEvent | IpcMainInvokeEvent, origin: string): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isOwnPage(frame.url, origin);
}

/** True for URLs of the studio's page. Compared by parts: `spotloom://app.evil` and `spotloom://app@evil` are not. */
export function isOwnPage(url: string, origin: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  const own = new URL(origin);
  return protocol === own.protocol && host === own.host && username === '' && password === '';
}
