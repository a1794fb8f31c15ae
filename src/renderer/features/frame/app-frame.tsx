import { Outlet } from '@tanstack/react-router';
import { useSettings } from '../../engine/index.ts';
import { useCommandKeys } from '../../ui/commands/index.ts';
import { useLeaveFields, useTheme } from '../../ui/index.ts';
import { DropAnywhere } from '../import/drop-anywhere.tsx';
import { useLookForMissing } from '../library/look-for-missing.ts';
import { HistoryHost } from '../projects/history-panel.tsx';
import { useKeymap } from '../shortcuts/use-keymap.ts';
import { useKeepLostRecordings } from '../voice-over/use-keep-lost.ts';
import { AppDialogs } from './app-dialogs.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { FrameCommands } from './frame-commands.tsx';
import { Hosts } from './hosts.tsx';
import { NavRail } from './nav-rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';

/** What surrounds every page: top bar, rail, status bar, dialogs, drops. */
export function AppFrame() {
  useCommandKeys();
  useLeaveFields();
  useKeymap();
  useTheme(useSettings().data?.theme);
  useLookForMissing();
  useKeepLostRecordings();
  return (
    <DropAnywhere>
      <div className="flex h-full flex-col">
        <TopBar />
        <div className="relative flex min-h-0 grow">
          <NavRail />
          <main className="flex min-h-0 min-w-0 grow flex-col">
            <Outlet />
          </main>
          <HistoryHost />
        </div>
        <StatusBar />
      </div>
      <FrameCommands />
      <Hosts />
      <AppDialogs />
      <ConnectionNotice />
    </DropAnywhere>
  );
}
