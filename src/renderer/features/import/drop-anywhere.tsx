import { useLocation } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { desktopBridge } from '../../engine/index.ts';
import { hasFiles, readDroppedFiles } from './dropped-files.ts';
import { useTakeIn } from './use-take-in.ts';

/**
 * Takes files dropped anywhere on the page. Places that want them for themselves (a slot) handle the drop first and
 * prevent its default.
 */
export function DropAnywhere({ children }: { children: ReactNode }) {
  const takeIn = useTakeIn();
  const isBoard = useLocation().pathname === '/';
  const [isOver, setIsOver] = useState(false);
  const latest = useRef({ takeIn, isBoard });
  latest.current = { takeIn, isBoard };
  useEffect(() => {
    let depth = 0;
    const leave = () => {
      depth = 0;
      setIsOver(false);
    };
    const onEnter = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      depth += 1;
      setIsOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      depth -= 1;
      if (depth <= 0) leave();
    };
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      if (event.dataTransfer && !event.defaultPrevented) event.dataTransfer.dropEffect = 'copy';
      event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      leave();
      if (!event.dataTransfer || !hasFiles(event.dataTransfer)) return;
      const isTaken = event.defaultPrevented;
      // Without this the browser would leave the studio and open the file.
      event.preventDefault();
      if (isTaken) return;
      const { takeIn: take, isBoard: sorts } = latest.current;
      void readDroppedFiles(event.dataTransfer, desktopBridge()).then((incoming) =>
        take(incoming, sorts ? { kind: 'by-name' } : { kind: 'library' }),
      );
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return (
    <>
      {children}
      {isOver && <DropHint isBoard={isBoard} />}
    </>
  );
}

function DropHint({ isBoard }: { isBoard: boolean }) {
  return (
    <div className="pointer-events-none fixed inset-1 z-50 flex items-end justify-center rounded-lg border-2 border-accent pb-12">
      <p className="flex items-center gap-2 rounded-lg bg-panel px-4 py-2 text-base text-ink shadow-pop">
        <Download className="size-4 text-accent" aria-hidden />
        {isBoard
          ? 'Files named hook, body or cta go into their columns, the rest into the tray'
          : 'Drop to import into the library'}
      </p>
    </div>
  );
}
