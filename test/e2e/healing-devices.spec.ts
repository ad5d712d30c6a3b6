import { paperText, decodeEscpos } from '../fixtures/paper/decode.ts';
import { endSilence, silenceInNextJob } from '../drive/broken-job.ts';
import { signal } from '../drive/processes.ts';
import { finishVisit, handInShort, shortCatalogue } from '../drive/short-visit.ts';
import { press, receiptOutcome, walkPastReader, walkToReader } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ hallOptions: { catalogue: shortCatalogue } });

test('the device process killed while idle, while a card is read and while hung: the person reads why and goes on', async ({
  kiosk,
}) => {
  const { app, page, hall, logged } = kiosk;
  const apply = page.locator('[data-entry="apply"]');
  // The home page may stand before the device process does.
  await expect(apply).toHaveAttribute('data-state', 'works');
  await signal(app, 'devices', 'SIGKILL');
  await logged('shell.process-lost', { name: 'devices', cause: 'exited' });
  await logged('devices.state-changed', { device: 'reader', to: 'ready' }, 2);
  await expect(apply).toHaveAttribute('data-state', 'works');

  await walkToReader(page);
  const found = hall.next('reader', 'card-found');
  await hall.act('reader', { card: 'zhang' });
  await found;
  // The card's text never comes, so that the process dies in the middle of the reading.
  await hall.act('reader', { fault: 'silent' });
  await page.locator('[data-card="reading"]').waitFor();
  await signal(app, 'devices', 'SIGKILL');
  await expect(page.locator('[data-card="failed"] [data-name="reader-absent"]')).toBeVisible();
  await logged('core.device-call-failed', { call: 'idReader.read' });
  await hall.act('reader', { fault: 'none' });
  await page.locator('button[data-name="next"]:has([data-icon="refresh"])').click();
  expect(await walkPastReader(page)).toEqual({ name: '张*', idLast4: expect.stringContaining('2111') });
  await press(page, 'end-visit');
  await press(page, 'end');

  await signal(app, 'devices', 'SIGSTOP');
  await logged('shell.process-lost', { name: 'devices', cause: 'hung' });
  await logged('devices.state-changed', { device: 'reader', to: 'ready' }, 4);
});

test('native code of the device process crashes while a receipt is printed: the number stays on the page and the receipt is printed again', async ({
  kiosk,
}) => {
  const { app, page, hall, logged } = kiosk;
  // The printer's word never comes, so that the process dies with the job in its hands.
  const { silenced } = await silenceInNextJob(hall);
  const number = await handInShort(kiosk);
  await silenced;
  await signal(app, 'devices', 'SIGSEGV');
  expect(await receiptOutcome(page)).toBe('failed');
  await expect(page.locator('[data-receipt="failed"]')).toHaveAttribute('data-reason', 'printer-fault');
  await expect(page.locator(`[data-number="${number}"]`)).toBeVisible();
  await logged('core.print-ended', { outcome: 'failed', reason: 'printer-fault' });

  await endSilence(hall);
  await logged('devices.state-changed', { device: 'printer', to: 'ready' }, 2);
  // What the process had handed to the system before it died may have come out as well.
  const papers = () => hall.printed().filter((bytes) => paperText(decodeEscpos(bytes)).includes(number));
  const before = papers().length;
  await press(page, 'print-again');
  expect(await receiptOutcome(page)).toBe('printed');
  expect(papers()).toHaveLength(before + 1);
  await finishVisit(page);
});
