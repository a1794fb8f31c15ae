import { useNavigate } from '@tanstack/react-router';
import { Command as Cmdk } from 'cmdk';
import { Clapperboard, CornerDownLeft, Film } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useMemo, useState } from 'react';
import { useProjects } from '../../engine/index.ts';
import { type Command, Kbd, useCurrentCommands, useFocusBack } from '../../ui/index.ts';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { useFoundMedia } from './use-found-media.ts';

const itemClass =
  'flex h-8 items-center gap-2.5 rounded-md px-2 text-base text-ink data-[selected=true]:bg-lift [&>svg]:size-4 [&>svg]:text-ink-3';

/** One box for everything: commands, ads, media. Enter does the first that fits. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const commands = useOfferedCommands();
  const [search, setSearch] = useState('');
  const focus = useFocusBack(true);
  const choose = (run: () => void) => () => {
    onClose();
    // The dialog hands the focus back first; what is chosen may want to take it.
    setTimeout(run, 0);
  };
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          {...focus}
          className="fixed top-[14vh] left-1/2 z-40 w-140 max-w-[calc(100vw-48px)] -translate-x-1/2 overflow-hidden rounded-lg bg-panel shadow-pop focus-visible:outline-none"
        >
          <Radix.Title className="sr-only">Search commands, ads and media</Radix.Title>
          <Cmdk label="Search commands, ads and media" loop>
            <Cmdk.Input
              value={search}
              onValueChange={setSearch}
              placeholder="What do you want to do?"
              className="h-11 w-full border-b border-line bg-transparent px-4 text-lg text-ink placeholder:text-ink-3 focus-visible:outline-none"
            />
            <Cmdk.List className="max-h-96 overflow-y-auto p-1.5">
              <Cmdk.Empty className="py-8 text-center text-sm text-ink-3">Nothing fits “{search}”.</Cmdk.Empty>
              {[...commands].map(([group, list]) => (
                <Group key={group} heading={group}>
                  {list.map((command) => (
                    <Cmdk.Item
                      key={command.id}
                      value={`${command.label} ${group} ${command.id}`}
                      onSelect={choose(command.run)}
                      className={itemClass}
                    >
                      <CornerDownLeft aria-hidden />
                      <span className="grow truncate">{command.label}</span>
                      {command.keys && <Kbd isExact keys={[command.keys].flat()[0] ?? ''} />}
                    </Cmdk.Item>
                  ))}
                </Group>
              ))}
              <ProjectItems choose={choose} />
              <MediaItems search={search} choose={choose} />
            </Cmdk.List>
          </Cmdk>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Cmdk.Group
      heading={heading}
      className="mb-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Cmdk.Group>
  );
}

function useOfferedCommands(): ReadonlyMap<string, Command[]> {
  const commands = useCurrentCommands();
  return useMemo(() => {
    const groups = new Map<string, Command[]>();
    for (const command of commands) {
      if (command.isHidden || command.isLocal || command.isEnabled === false || command.id === 'app.palette') continue;
      groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
    }
    return groups;
  }, [commands]);
}

type Choose = (run: () => void) => () => void;

function ProjectItems({ choose }: { choose: Choose }) {
  const { data: projects = [] } = useProjects();
  const { open, id } = useCurrentProject();
  const navigate = useNavigate();
  const others = projects.filter((project) => project.id !== id).slice(0, 50);
  if (others.length === 0) return null;
  return (
    <Group heading="Open ad">
      {others.map((project) => (
        <Cmdk.Item
          key={project.id}
          value={`open ${project.name} ${project.id}`}
          onSelect={choose(() => {
            open(project.id);
            void navigate({ to: '/' });
          })}
          className={itemClass}
        >
          <Clapperboard aria-hidden />
          <span className="truncate">{project.name}</span>
        </Cmdk.Item>
      ))}
    </Group>
  );
}

function MediaItems({ search, choose }: { search: string; choose: Choose }) {
  const found = useFoundMedia(search);
  const navigate = useNavigate();
  if (found.length === 0) return null;
  return (
    <Group heading="Media">
      {found.map((asset) => (
        <Cmdk.Item
          key={asset.id}
          value={`${search} ${asset.name} ${asset.id}`}
          onSelect={choose(() => void navigate({ to: '/library', search: { asset: asset.id } }))}
          className={itemClass}
        >
          <Film aria-hidden />
          <span className="truncate">{asset.name}</span>
        </Cmdk.Item>
      ))}
    </Group>
  );
}
