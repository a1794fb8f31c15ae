import { useLocation } from '@tanstack/react-router';
import { useCallback } from 'react';
import { desktopBridge } from '../../engine/index.ts';
import type { Incoming } from './dropped-files.ts';
import { useTakeIn } from './use-take-in.ts';

function chooseInBrowser(): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.setAttribute('aria-label', 'Media to import');
    input.style.display = 'none';
    const done = (files: File[]) => {
      input.remove();
      resolve(files);
    };
    input.addEventListener('change', () => done([...(input.files ?? [])]));
    input.addEventListener('cancel', () => done([]));
    // In the page, so that it can be found by tools; some browsers ignore inputs outside of it.
    document.body.append(input);
    input.click();
  });
}

/** Asks for media files in the system's dialog; empty when the person gave up. */
export async function chooseFiles(): Promise<Incoming> {
  const desktop = desktopBridge();
  if (desktop) return { paths: await desktop.chooseMedia(), files: [] };
  return { paths: [], files: await chooseInBrowser() };
}

/** Asks for media files and imports them; on the board they sort themselves by name. */
export function useChooseMedia(): () => void {
  const takeIn = useTakeIn();
  const isBoard = useLocation().pathname === '/';
  return useCallback(() => {
    void chooseFiles().then((incoming) => takeIn(incoming, isBoard ? { kind: 'by-name' } : { kind: 'library' }));
  }, [takeIn, isBoard]);
}
