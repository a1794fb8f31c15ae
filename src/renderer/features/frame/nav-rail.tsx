import { Link } from '@tanstack/react-router';
import { Clapperboard, ClipboardCheck, FolderOpen, LayoutGrid, Library, ListChecks, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { useJobCounts } from '../../engine/index.ts';
import { cn, Tooltip } from '../../ui/index.ts';

/** The studio's pages in the order of the rail. `keys` works everywhere. */
export const places = [
  { to: '/', label: 'Board', keys: 'Shift+B', icon: <LayoutGrid /> },
  { to: '/library', label: 'Library', keys: 'Shift+L', icon: <Library /> },
  { to: '/projects', label: 'Projects', keys: 'Shift+P', icon: <FolderOpen /> },
  { to: '/exports', label: 'Exports', keys: 'Shift+X', icon: <Clapperboard /> },
  { to: '/review', label: 'Review', keys: 'Shift+R', icon: <ClipboardCheck /> },
  { to: '/jobs', label: 'Jobs', keys: 'Shift+J', icon: <ListChecks /> },
] as const;

/** Links to the pages, down the left edge. */
export function NavRail() {
  const failed = useJobCounts()?.failed ?? 0;
  return (
    <nav
      aria-label="Pages"
      tabIndex={-1}
      data-area
      className="ring-inset-focus flex w-14 shrink-0 flex-col items-stretch gap-0.5 overflow-y-auto border-r border-line bg-panel py-1.5 [scrollbar-width:none]"
    >
      {places.map((place) => (
        <RailLink key={place.to} {...place} mark={place.to === '/jobs' && failed > 0} />
      ))}
      <div className="grow" />
      <RailLink to="/settings" label="Settings" keys="Mod+Comma" icon={<Settings />} />
    </nav>
  );
}

interface RailLinkProps {
  to: string;
  label: string;
  keys: string;
  icon: ReactNode;
  mark?: boolean;
}

function RailLink({ to, label, keys, icon, mark = false }: RailLinkProps) {
  return (
    <Tooltip label={mark ? `${label}: something failed` : label} shortcut={keys} side="right">
      <Link
        to={to}
        activeOptions={{ exact: to === '/' }}
        className="ring-inset-focus relative mx-1 flex flex-col items-center gap-0.5 rounded-md py-1.5 [@media(max-height:430px)]:py-1 text-2xs text-ink-3 transition-colors hover:text-ink data-[status=active]:bg-lift data-[status=active]:text-ink [&>svg]:size-4.5"
      >
        {icon}
        {label}
        {mark && <span className={cn('absolute top-1.5 right-3 size-1.5 rounded-full bg-bad')} aria-hidden />}
      </Link>
    </Tooltip>
  );
}
