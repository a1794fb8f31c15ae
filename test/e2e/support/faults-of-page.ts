import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeWindow {
  axe: {
    run(
      context: Document,
      options: object,
    ): Promise<{
      violations: {
        id: string;
        impact: string | null;
        help: string;
        nodes: { html: string; element?: HTMLElement }[];
      }[];
    }>;
  };
}

/** Serious faults of accessibility on the page as it is now, as one line each; controls without a name among them. */
export async function accessFaults(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy forbids scripts that are not its own.
  await page.evaluate(`if (!window.axe) { ${axeSource} }`);
  return page.evaluate(async () => {
    const { axe } = window as unknown as AxeWindow;
    const { violations } = await axe.run(document, {
      resultTypes: ['violations'],
      elementRef: true,
      // The second is experimental, and so off unless asked for: who speaks to the page says the words they see.
      rules: { region: { enabled: false }, 'label-content-name-mismatch': { enabled: true } },
    });
    // axe also reads the words in a picture of an ad, which are no label (WCAG 2.5.3 excepts them): they are hidden from
    // readers. Controls inside of a cell have labels of their own.
    const noLabel = '[aria-hidden="true"], .sr-only, button, [role="checkbox"]';
    const saysWhatIsSeen = (element: HTMLElement | undefined): boolean => {
      const name = element?.getAttribute('aria-label');
      if (!element || !name) return false;
      const seen = element.cloneNode(true) as HTMLElement;
      for (const part of seen.querySelectorAll(noLabel)) part.remove();
      const words = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
      return words(name).includes(words(seen.textContent ?? ''));
    };
    return violations
      .map((violation) =>
        violation.id === 'label-content-name-mismatch'
          ? { ...violation, nodes: violation.nodes.filter(({ element }) => !saysWhatIsSeen(element)) }
          : violation,
      )
      .filter(({ nodes }) => nodes.length > 0)
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, help, nodes }) =>
          `${id}: ${help}: ${nodes
            .map(({ html }) => html.slice(0, 140))
            .slice(0, 4)
            .join(' | ')}`,
      );
  });
}

/** What does not fit: the page scrolling sideways, words cut off or running out of buttons, things outside the window. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth)
      faults.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);
    if (root.scrollHeight > root.clientHeight)
      faults.push(`the page is ${root.scrollHeight - root.clientHeight} px too high`);
    for (const button of document.querySelectorAll<HTMLElement>('button, [role="tab"], [role="radio"], a[href]')) {
      const box = button.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || !button.checkVisibility()) continue;
      const words = button.innerText.trim();
      if (words === '' || button.querySelector('video, canvas, img')) continue;
      const isCut = getComputedStyle(button).overflow !== 'visible' || button.querySelector('.truncate') !== null;
      if (!isCut && (button.scrollWidth > button.clientWidth + 1 || button.scrollHeight > button.clientHeight + 2)) {
        faults.push(`words run out of the button “${words.slice(0, 40)}”`);
      }
    }
    return faults;
  });
}

/** Controls that cannot be brought into view by scrolling, or lie under something else where they are. */
export function reachFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const top = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].at(-1) ?? document.body;
    const kinds = 'button, a[href], input, textarea, [role="switch"], [role="checkbox"], [role="radio"], [role="tab"]';
    const scrolled = new Map<Element, [number, number]>();
    /** What only a program can scroll. */
    const isStiff = (element: Element) => /hidden|clip/.test(getComputedStyle(element).overflow);
    for (const control of top.querySelectorAll<HTMLElement>(kinds)) {
      const size = control.getBoundingClientRect();
      if (size.width < 4 || size.height < 4 || !control.checkVisibility() || control.closest('[data-sonner-toaster]'))
        continue;
      for (let one = control.parentElement; one; one = one.parentElement)
        if (!scrolled.has(one)) scrolled.set(one, [one.scrollLeft, one.scrollTop]);
      const name = `“${(control.ariaLabel ?? control.innerText ?? control.title).trim().slice(0, 40)}”`;
      const found = (['center', 'nearest', 'end'] as const).map((block) => {
        control.scrollIntoView({ block, inline: block, behavior: 'instant' });
        for (let one = control.parentElement; one; one = one.parentElement)
          if (isStiff(one)) [one.scrollLeft, one.scrollTop] = scrolled.get(one) ?? [0, 0];
        const box = control.getBoundingClientRect();
        const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        if (!hit) return `${name} lies outside of what can be seen`;
        const label = 'labels' in control ? (control as HTMLInputElement).labels?.[0] : null;
        if (control.contains(hit) || hit.contains(control) || label?.contains(hit)) return null;
        return `${name} lies under ${hit.tagName.toLowerCase()} “${(hit as HTMLElement).innerText?.trim().slice(0, 30)}”`;
      });
      const [first] = found;
      if (first && !found.includes(null)) faults.push(first);
    }
    for (const [element, [left, above]] of scrolled) [element.scrollLeft, element.scrollTop] = [left, above];
    return [...new Set(faults)];
  });
}
