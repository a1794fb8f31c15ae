import type { Session } from 'electron';
import { isOwnPage } from './trust.ts';

/** What the studio's page may use. Everything else (camera, location, notifications, devices …) is denied. */
const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Denies every permission but the harmless ones of our own page. */
export function restrictPermissions(session: Session, origin: string): void {
  const may = (permission: string, url: string) => allowed.has(permission) && isOwnPage(url, origin);
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(may(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => may(permission, requestingOrigin));
  session.setDevicePermissionHandler(() => false);
}
