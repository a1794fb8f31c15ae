import type { Locator, Page } from 'playwright-core';

/** The names and gestures of the studio that several tests share. */
export function studioPage(page: Page) {
  const footage = page.getByRole('list', { name: 'Footage', exact: true });
  return {
    page,
    footage,
    /** An item of the footage tray, by its file's name. */
    media: (name: string) => footage.getByRole('button', { name: startsWith(name) }),
    column: (name: string) => page.getByRole('region', { name, exact: true }),
    /** A card of a column. */
    card: (name: string) => page.getByRole('article', { name, exact: true }),
    variants: page.getByRole('region', { name: 'Variants', exact: true }),
    /** A line of the short messages in the corner. */
    toast: (text: string | RegExp) => page.locator('[data-sonner-toast]').filter({ hasText: text }),
    dialog: (name: string | RegExp) => page.getByRole('dialog', { name }),
    newAd: (name: string) => newAd(page, name),
    goTo: (place: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: place }).click(),
    /** Opens the menu of a button and chooses a line. */
    choose: async (button: string, line: string) => {
      await page.getByRole('button', { name: button, exact: true }).click();
      await page.getByRole('menuitem', { name: line }).first().click();
    },
  };
}

/** Names of media begin with the file's name; its length and marks follow. */
function startsWith(name: string): RegExp {
  return new RegExp(`^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?: |$)`);
}

/** See {@link studioPage}. */
export type StudioPage = ReturnType<typeof studioPage>;

async function newAd(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New ad' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New ad' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('heading', { name }).first().waitFor();
}

/** Presses on the middle of an element, moves by some pixels in steps, lets go. */
export async function dragBy(locator: Locator, dx: number, dy = 0): Promise<void> {
  const page = locator.page();
  const box = await locator.boundingBox();
  if (!box) throw new Error('nothing to drag');
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 });
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
  await page.mouse.up();
}

/** Asks again until the answer is good; fails with the last answer. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value>,
  isGood: (value: Value) => boolean,
  timeoutMs = 15_000,
): Promise<Value> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (isGood(value)) return value;
    if (Date.now() > end) throw new Error(`${what}: still ${JSON.stringify(value)} after ${timeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
}
