import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowUp, File, Folder, FolderSearch } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useEngine } from '../../engine/index.ts';
import { type PathRequest, usePathRequest } from '../../state/index.ts';
import { Button, cn, Dialog, EmptyState, ErrorNotice, formatBytes, IconButton, Input } from '../../ui/index.ts';

/** Joins with the separator the folder itself uses. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

/** The folder chooser of faces that have no dialog of their own; answers the wish in `usePathRequest`. */
export function PathDialogHost() {
  const [request, setRequest] = usePathRequest();
  if (!request) return null;
  const finish = (path: string | null) => {
    setRequest(null);
    request.resolve(path);
  };
  return <PathDialog key={request.title} request={request} onFinish={finish} />;
}

interface PathDialogProps {
  request: PathRequest;
  onFinish: (path: string | null) => void;
}

function PathDialog({ request, onFinish }: PathDialogProps) {
  const { mode, title, extension = '' } = request;
  const [path, setPath] = useState<string | null>(request.startPath ?? null);
  const [name, setName] = useState(request.suggestedName ?? '');
  const nameId = useId();
  const listing = useFolder(path);
  const folder = listing.data?.path ?? null;
  // While the folder asked for is being read, the one before it is still shown: it must not be taken for the other.
  const chosen = listing.isPlaceholderData ? null : answerOf(mode, folder, name, extension);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onFinish(null)}
      title={title}
      className="h-120 w-150"
      isFlush
      footer={
        <>
          <Button onClick={() => onFinish(null)}>Cancel</Button>
          <Button variant="primary" disabled={chosen === null} onClick={() => onFinish(chosen)}>
            {mode === 'folder' ? 'Use this folder' : mode === 'file' ? 'Open' : 'Save'}
          </Button>
        </>
      }
    >
      <PathBar path={folder ?? ''} parent={listing.data?.parent ?? null} onGo={setPath} />
      {listing.error ? (
        <ErrorNotice error={listing.error} className="mx-4" />
      ) : (
        <Entries
          entries={(listing.data?.entries ?? []).filter(
            (entry) => entry.kind === 'folder' || (mode !== 'folder' && entry.name.endsWith(extension)),
          )}
          selected={mode === 'folder' ? null : name}
          emptyTitle={mode === 'file' ? 'Nothing to choose in here' : 'No folders in here'}
          onFolder={setPath}
          onFile={(file, isFinal) => {
            setName(file);
            const answer = answerOf(mode, folder, file, extension);
            if (isFinal && mode === 'file' && answer) onFinish(answer);
          }}
        />
      )}
      {mode === 'save' && (
        <div className="flex items-center gap-2 px-4 py-2 text-sm text-ink-2">
          <label htmlFor={nameId}>Name</label>
          <Input id={nameId} value={name} onChange={(event) => setName(event.target.value)} />
        </div>
      )}
    </Dialog>
  );
}

function answerOf(mode: PathRequest['mode'], folder: string | null, name: string, extension: string): string | null {
  if (!folder) return null;
  if (mode === 'folder') return folder;
  const file = name.trim();
  if (file === '' || /[\\/]/.test(file)) return null;
  return joinPath(folder, mode === 'save' && !file.endsWith(extension) ? file + extension : file);
}

function useFolder(path: string | null) {
  const engine = useEngine();
  return useQuery({
    queryKey: ['folder', path],
    queryFn: ({ signal }) => engine.system.listFolder({ path }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

function PathBar({ path, parent, onGo }: { path: string; parent: string | null; onGo: (path: string) => void }) {
  // What is being typed stays when a folder arrives late; it ends when the one asked for is there.
  const [typed, setTyped] = useState<string | null>(null);
  const isAsked = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder is shown
  useEffect(() => {
    if (isAsked.current) setTyped(null);
    isAsked.current = false;
  }, [path]);
  const submit = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !typed?.trim()) return;
    isAsked.current = true;
    onGo(typed.trim());
  };
  return (
    <div className="flex items-center gap-1.5 px-4 pb-2">
      <IconButton label="Folder above" disabled={parent === null} onClick={() => parent && onGo(parent)}>
        <ArrowUp />
      </IconButton>
      <Input
        aria-label="Folder"
        value={typed ?? path}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={submit}
      />
    </div>
  );
}

interface Entry {
  name: string;
  path: string;
  kind: 'folder' | 'file';
  sizeBytes: number | null;
}

interface EntriesProps {
  entries: readonly Entry[];
  selected: string | null;
  emptyTitle: string;
  onFolder: (path: string) => void;
  onFile: (name: string, isFinal: boolean) => void;
}

function Entries({ entries, selected, emptyTitle, onFolder, onFile }: EntriesProps) {
  if (entries.length === 0) return <EmptyState size="sm" icon={<FolderSearch />} title={emptyTitle} />;
  return (
    <ul aria-label="Folders and files" className="min-h-0 grow overflow-y-auto border-y border-line bg-app p-1">
      {entries.map((entry) => (
        <li key={entry.path}>
          <button
            type="button"
            aria-pressed={entry.kind === 'file' ? selected === entry.name : undefined}
            onClick={() => (entry.kind === 'folder' ? onFolder(entry.path) : onFile(entry.name, false))}
            onDoubleClick={() => entry.kind === 'file' && onFile(entry.name, true)}
            className={cn(
              'ring-inset-focus flex h-7 w-full items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-raise',
              entry.kind === 'file' && selected === entry.name && 'bg-accent-soft',
            )}
          >
            {entry.kind === 'folder' ? (
              <Folder className="size-4 text-ink-3" aria-hidden />
            ) : (
              <File className="size-4 text-ink-3" aria-hidden />
            )}
            <span className="grow truncate">{entry.name}</span>
            {entry.sizeBytes !== null && (
              <span className="tabular text-xs text-ink-3">{formatBytes(entry.sizeBytes)}</span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}
