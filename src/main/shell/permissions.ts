import { type Session, systemPreferences } from 'electron';
import { isOwnPage } from './trust.ts';

/** What the studio's page may use. Everything else (camera, location, notifications, devices …) is denied. */
const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/**
 * Denies every permission but the harmless ones of our own page, and the microphone alone (for voice-over), which macOS
 * asks the person for besides.
 */
export function restrictPermissions(session: Session, origin: string): void {
  const may = (permission: string, url: string) => allowed.has(permission) && isOwnPage(url, origin);
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    if (permission !== 'media') return answer(may(permission, details.requestingUrl));
    const types = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    if (!isMicrophoneAlone(types) || !isOwnPage(details.requestingUrl, origin)) return answer(false);
    void askSystem().then(answer, () => answer(false));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    permission === 'media'
      ? details.mediaType === 'audio' && isOwnPage(requestingOrigin, origin)
      : may(permission, requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}

/** Sound and nothing else: no camera, and no screen, for which the list is empty. */
export function isMicrophoneAlone(types: readonly string[]): boolean {
  return types.length > 0 && types.every((type) => type === 'audio');
}

/** macOS asks once and remembers; other systems decide when the device is opened. */
async function askSystem(): Promise<boolean> {
  return process.platform === 'darwin' ? systemPreferences.askForMediaAccess('microphone') : true;
}
