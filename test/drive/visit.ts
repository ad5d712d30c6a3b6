import type { Locator, Page } from '@playwright/test';
import type { RatingLevel } from '../../src/domain/rating.ts';
import { DOUBLE_STRIKE_MS } from '../../src/renderer/limits.ts';
import { tap } from './finger.ts';

/** How a person of the tests answers: by situation id and field name. Choices that are not named get the first option. */
export type Answers = Readonly<Record<string, string>>;

/** A page of the kiosk was reached; the tour prints and photographs these, the benches time them. */
export type OnPage = (name: string) => Promise<void> | void;

/** Waits until the named page shows, and can be pressed: the home page of a visit that is over gives way to a new one. */
export async function onPage(page: Page, name: string): Promise<Locator> {
  const shown = page.locator(`.frame:not([inert]) [data-page="${name}"]`);
  await shown.waitFor();
  return shown;
}

async function pageName(page: Page): Promise<string> {
  return (await page.locator('[data-page]').first().getAttribute('data-page')) ?? '';
}

const hurried = new WeakSet<Page>();

/**
 * For tests of many pages: pushes the page's clock on before each press, past the half second in which the kiosk takes a
 * second strike for a tremor, and fills forms from a real keyboard. Call it on the home page.
 */
export async function hurry(page: Page): Promise<void> {
  await page.clock.install();
  hurried.add(page);
}

/** A press as a finger does it: when the button is ready, in its middle. */
export async function press(page: Page, name: string): Promise<void> {
  if (hurried.has(page)) await page.clock.fastForward(DOUBLE_STRIKE_MS);
  await tap(page.locator(`button[data-name="${name}"]:not([data-disabled])`).first());
}

/** From home over notice and consent to the reader. */
export async function walkToReader(page: Page, reached: OnPage = () => undefined): Promise<void> {
  await onPage(page, 'home');
  await reached('home');
  await press(page, 'apply');
  await onPage(page, 'consent');
  await reached('consent');
  await tap(page.locator('[data-page="consent"] .choice[data-name="sensitive"]'));
  await press(page, 'next');
  await page.locator('[data-page="card"] [data-card="waiting"]').waitFor();
  await reached('card');
}

/** Once the card lies on the reader: until the name shows, and on to the list of items. */
export async function walkPastReader(
  page: Page,
  reached: OnPage = () => undefined,
): Promise<{ name: string; idLast4: string }> {
  await page.locator('[data-card="identified"]').waitFor();
  const fact = async (name: string) => (await page.locator(`[data-fact="${name}"] .card-name`).textContent()) ?? '';
  const person = { name: await fact('name'), idLast4: await fact('id-last4') };
  await reached('identified');
  await press(page, 'next');
  await onPage(page, 'items');
  await reached('items');
  return person;
}

export async function chooseItem(page: Page, code: string): Promise<void> {
  await tap(page.locator(`[data-item="${code}"]`));
}

/**
 * Types on the keys of the screen, as fast as the kiosk takes it: it drops a second strike of the same key that comes too
 * soon, so each key is struck until its character shows.
 */
export async function typeOnScreen(page: Page, value: string): Promise<void> {
  const shown = async () => (await page.locator('.entry-value, .entry-digits').allTextContents()).join('').length;
  for (const character of value) {
    const key = page.locator(`.key[data-key="${character}"]`);
    const before = await shown();
    do await tap(key);
    while ((await shown()) === before);
  }
}

/** Everything from the first question to the signature, whatever the item asks. Returns the questions seen, in order. */
export function fillApplication(page: Page, answers: Answers, reached?: OnPage): Promise<string[]> {
  return fillUpTo(page, answers, 'check', reached);
}

/** The same, up to the first page of that name. */
export async function fillUpTo(
  page: Page,
  answers: Answers,
  end: 'scan' | 'check',
  reached: OnPage = () => undefined,
): Promise<string[]> {
  const seen: string[] = [];
  await page.locator('[data-page="situation"], [data-page="materials"], [data-page="question"]').first().waitFor();
  for (;;) {
    const name = await pageName(page);
    await reached(name);
    if (name === end) return seen;
    switch (name) {
      case 'situation': {
        const id = (await page.locator('[data-situation]').getAttribute('data-situation')) ?? '';
        seen.push(id);
        await choose(page, answers[id]);
        break;
      }
      case 'materials':
        break;
      case 'question':
        seen.push(await answerQuestion(page, answers));
        break;
      case 'scan':
        await scanPage(page, reached);
        break;
      default:
        throw new Error(`unexpected page ${name}`);
    }
    // Only now: a page may have changed its title on the way.
    const before = await page.locator('.page-title').textContent();
    await press(page, 'next');
    await page.waitForFunction(
      ({ title, page: last }) =>
        document.querySelector('.page-title')?.textContent !== title ||
        document.querySelector('[data-page]')?.getAttribute('data-page') !== last,
      { title: before, page: name },
    );
  }
}

async function choose(page: Page, option: string | undefined): Promise<void> {
  const choices = page.locator('.choice');
  await tap(option === undefined ? choices.first() : page.locator(`.choice[data-name="${option}"]`));
}

async function answerQuestion(page: Page, answers: Answers): Promise<string> {
  const question = page.locator('[data-field]');
  const name = (await question.getAttribute('data-field')) ?? '';
  const kind = (await question.getAttribute('data-type')) ?? '';
  if ((await question.getAttribute('data-known')) !== null) return name;
  if (kind === 'choice' || kind === 'choices' || kind === 'yes-no') {
    await choose(page, answers[name]);
    return name;
  }
  const value = answers[name];
  if (value === undefined) throw new Error(`the visit has no answer for ${name}`);
  if (hurried.has(page)) await page.keyboard.type(value);
  else await typeOnScreen(page, value);
  return name;
}

async function scanPage(page: Page, reached: OnPage): Promise<void> {
  const byCamera = page.locator('.scan[data-mode="live"]');
  await byCamera.or(page.locator('.scan[data-mode="scanner"]')).waitFor();
  if (!(await byCamera.isVisible())) await press(page, 'other');
  await tap(page.locator('button[data-name="shutter"]:not([data-disabled])'));
  await page.locator('.scan[data-mode="still"]').waitFor();
  await reached('scan-still');
  await press(page, 'use-still');
  await page.locator('.scan[data-mode="kept"]').waitFor();
  await reached('scan-kept');
}

/** From the check page over the signature to "handed in". Returns the provisional number. */
export async function signAndSubmit(page: Page, reached: OnPage = () => undefined): Promise<string> {
  await onPage(page, 'check');
  await press(page, 'next');
  await onPage(page, 'sign');
  await drawSignature(page);
  await reached('sign');
  await press(page, 'next');
  await onPage(page, 'handed-in');
  const number = (await page.locator('[data-number]').getAttribute('data-number')) ?? '';
  await reached('handed-in');
  return number;
}

/** On the rating page; of a bad level no reason is told. */
export async function rate(page: Page, level: RatingLevel | 'skip'): Promise<void> {
  await tap(page.locator(`[data-level="${level}"]`));
  if (!level.endsWith('dissatisfied')) return;
  await onPage(page, 'rating-why');
  await press(page, 'other');
}

/** A few strokes of a finger. */
export async function drawSignature(page: Page): Promise<void> {
  const box = await page.locator('[data-page="sign"] canvas').boundingBox();
  if (!box) throw new Error('there is no place to sign');
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  const strokes = [
    [at(0.2, 0.3), at(0.45, 0.32)],
    [at(0.32, 0.2), at(0.3, 0.75)],
    [at(0.55, 0.25), at(0.75, 0.3), at(0.6, 0.6), at(0.8, 0.7)],
  ];
  for (const [first, ...rest] of strokes) {
    if (!first) continue;
    await page.mouse.move(...first);
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...point, { steps: 8 });
    await page.mouse.up();
  }
}

/** From any page of a visit back to the home page. */
export async function leaveVisit(page: Page): Promise<void> {
  await press(page, 'end-visit');
  await press(page, 'end');
  await onPage(page, 'end');
  await press(page, 'next');
  await onPage(page, 'home');
}

/** Waits for what became of the receipt: `printed`, `unconfirmed` or `failed`. */
export async function receiptOutcome(page: Page): Promise<string> {
  const state = page.locator('[data-receipt]:not([data-receipt="printing"])');
  await state.waitFor();
  return (await state.getAttribute('data-receipt')) ?? '';
}
