import type { Page } from 'playwright-core';
import { until } from './studio-page.ts';

/** What has the focus, as a screen reader and an eye find it. */
export interface Focused {
  name: string;
  role: string;
  /** It can be told from what has not. */
  isShown: boolean;
}

/** Longest that the focus takes to move after a key. */
const focusMs = 1000;

/** The keyboard of a page on which the mouse is not touched. */
export function byKeys(page: Page) {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = (): Promise<Focused> =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return { name: '', role: '', isShown: true };
      const style = getComputedStyle(element);
      const after = getComputedStyle(element, '::after');
      const label =
        'labels' in element ? (element.labels as NodeListOf<HTMLElement> | null)?.[0]?.innerText : undefined;
      const named = element.getAttribute('aria-labelledby');
      const other = named ? document.getElementById(named)?.innerText : undefined;
      return {
        name: (element.ariaLabel ?? other ?? label ?? element.innerText ?? '').trim().slice(0, 80),
        role: element.getAttribute('role') ?? element.tagName.toLowerCase(),
        isShown:
          style.outlineStyle !== 'none' ||
          style.boxShadow !== 'none' ||
          after.boxShadow !== 'none' ||
          ['separator', 'option', 'menuitem', 'menuitemcheckbox', 'dialog'].includes(
            element.getAttribute('role') ?? '',
          ),
      };
    });
  /** Presses a key that moves the focus, and waits for that: menus move it a moment later. */
  const move = async (key: string) => {
    const held = await page.evaluateHandle(() => document.activeElement);
    await press(key);
    await page
      .waitForFunction((before) => document.activeElement !== before, held, { timeout: focusMs })
      // At the end of a menu it stays.
      .catch(() => undefined);
    await held.dispose();
  };
  const walk = async (key: string, what: RegExp, most: number): Promise<Focused> => {
    const seen: string[] = [];
    for (let step = 0; step < most; step += 1) {
      await move(key);
      const now = await focused();
      if (!now.isShown) throw new Error(`nobody sees that “${now.name}” (${now.role}) has the focus`);
      if (what.test(now.name)) return now;
      seen.push(now.name.replaceAll(/\s+/g, ' ').slice(0, 30));
    }
    throw new Error(`${key} does not come to ${what}: ${seen.join(' · ')}`);
  };
  return {
    press,
    focused,
    type: (text: string) => page.keyboard.type(text),
    /** Presses Tab until something of this name has the focus; fails where the focus cannot be seen on the way. */
    tabTo: (what: RegExp, most = 70) => walk('Tab', what, most),
    /** Goes to a part of the page by F6. */
    area: (name: string) => walk('F6', new RegExp(`^${name}$`), 14),
    /** Walks down an open menu and chooses a line. */
    choose: async (line: RegExp) => {
      await until('a line of the menu', focused, ({ role }) => role.startsWith('menuitem') || role === 'menu');
      if (!line.test((await focused()).name)) await walk('ArrowDown', line, 20);
    },
    /** Opens the lines behind the one that has the focus. */
    openLines: async () => {
      const { name: from } = await focused();
      await press('ArrowRight');
      await until('the lines behind it', focused, ({ name, role }) => role.startsWith('menuitem') && name !== from);
    },
    /** Fails when anything was pointed at since. */
    async watchPointer(): Promise<() => Promise<string[]>> {
      await page.evaluate(() => {
        const seen: string[] = [];
        Object.assign(window, { pointed: seen });
        for (const type of ['pointerdown', 'pointermove', 'mousedown', 'mousemove', 'wheel', 'touchstart'])
          window.addEventListener(type, (event) => seen.push(`${type} on ${(event.target as Element).tagName}`), true);
      });
      return () => page.evaluate(() => (window as unknown as { pointed: string[] }).pointed);
    },
  };
}
