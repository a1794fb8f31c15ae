import type { Page } from 'playwright-core';
import type { ProjectId } from '#shared/model/index.ts';
import { callEngine } from './call-engine.ts';
import { studioPage } from './studio-page.ts';

/**
 * A new ad whose hook has two texts, “one” and “two”, from frame 10 to 70 on tracks of their own, opened in the editor:
 * a timeline that needs no footage. Returns its id.
 */
export async function openTextTimeline(page: Page, name: string): Promise<ProjectId> {
  const ui = studioPage(page);
  await ui.newAd(name);
  const { projects } = await callEngine<{ projects: { id: ProjectId; name: string }[] }>(page, '/projects/list', {
    isRemoved: false,
  });
  const id = projects.find((one) => one.name === name)?.id;
  if (!id) throw new Error('no project');
  const text = (clip: string) => ({
    ...{ id: clip, startFrame: 10, lengthFrames: 60 },
    content: { kind: 'text', text: clip },
  });
  const tracks = [
    { id: 'main', kind: 'visual' },
    { id: 'v1', kind: 'visual', clips: [text('one')] },
    { id: 'v2', kind: 'visual', clips: [text('two')] },
  ];
  const content = { kind: 'sequence', sequenceId: 'texts' };
  const edits = [
    { type: 'sequence.add', sequence: { id: 'texts', tracks } },
    { type: 'option.add', slotId: 'hook', option: { id: 'hook-1', name: 'Hook 1', content } },
  ];
  await callEngine(page, '/projects/apply', { id, edit: { type: 'batch', label: 'Texts', edits } });
  await ui.card('Hook 1').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-clip$="/one"]').waitFor();
  return id;
}
