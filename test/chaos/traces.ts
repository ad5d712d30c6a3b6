import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { samplePerson } from '../fixtures/sample-item.ts';
import { Kiosk, KioskGone } from './hall/kiosk.ts';
import { RESTART_EXIT_CODE } from './hall/kiosk-settings.ts';
import { memoryImage } from './hall/memory-image.ts';
import { PlatformProcess } from './hall/platform.ts';
import { handIn, leave, rate, somePapers } from './hall/visit.ts';
import type { Round, RoundReport, Scenario } from './scenario.ts';

const HOUR_MS = 3_600_000;
/** A morning in the hall. */
const OPENING = Date.parse('2026-11-22T09:30:00+08:00');
/** Longer than what the platform acknowledged is kept. */
const GRACE_HOURS = 27;
const LOOK_EVERY_MS = 50;
/** The bytes of a word in the middle of base64, whatever came before it: the ends depend on their neighbours. */
const ALIGNMENTS = [0, 1, 2];

const phone = '13987650123';
const words = { number: samplePerson.idNumber, name: samplePerson.name, phone, address: samplePerson.address };

export const traces: Scenario = {
  name: 'traces',
  shows: {
    short: 'after a visit, its delivery and the time of grace nothing of the person is on disk, in logs or in memory',
    long: 'after a visit, its delivery and the time of grace nothing of the person is on disk, in logs or in memory',
  },
  rounds: { short: 1, long: 5 },
  cannotRun: existsSync('/proc/self/mem')
    ? undefined
    : 'this system does not show the memory of its processes in /proc',
  run: play,
};

async function play(round: Round): Promise<RoundReport> {
  const { folder, random } = round;
  const platform = await new PlatformProcess(join(folder, 'elsewhere', 'platform')).start();
  round.onEnd(() => platform.stop());
  const home = join(folder, 'kiosk');
  const again = (startAt: number) => Kiosk.start({ folder: home, platformUrl: platform.url, startAt });
  const kiosk = await again(OPENING);
  round.onEnd(() => kiosk.kill());
  await kiosk.settled();
  const told = await handIn(kiosk, { ...somePapers(random), phone }, { person: samplePerson });
  const complaints: string[] = [];
  // The search finds what is there: while the visit goes on, core knows the person.
  const during = inMemory(kiosk);
  for (const [what, hits] of Object.entries(during)) if (hits === 0) complaints.push(`the search misses the ${what}`);
  await rate(kiosk, told, 'satisfied');
  await leave(kiosk);
  await kiosk.until(({ waiting }) => waiting === 0);
  const later = await afterHours(kiosk, GRACE_HOURS, again);
  round.onEnd(() => later.kill());
  await untilErased(home);

  const memory = inMemory(later);
  if (later === kiosk) complaints.push('core was not started anew in the night');
  await later.stop();
  const files = inFiles(home);
  for (const [where, hits] of Object.entries({ memory, files }))
    for (const [what, times] of Object.entries(hits))
      if (times > 0) complaints.push(`${what}: ${times} times in ${where}`);
  const sum = (hits: Hits) => Object.values(hits).reduce((all, one) => all + one, 0);
  return { counts: { 'hits during': sum(during), 'hits after': sum(memory) + sum(files) }, complaints };
}

/** Lets the hours pass; when core ends itself it is started anew, as the shell does. */
async function afterHours(first: Kiosk, hours: number, again: (startAt: number) => Promise<Kiosk>): Promise<Kiosk> {
  let kiosk = first;
  for (let hour = 1; hour <= hours; hour += 1) {
    kiosk.advance(HOUR_MS);
    try {
      await kiosk.alive(kiosk.core.system.status());
    } catch (error) {
      if (!(error instanceof KioskGone) || error.end.code !== RESTART_EXIT_CODE) throw error;
      kiosk = await again(OPENING + hour * HOUR_MS);
      await kiosk.settled();
    }
  }
  return kiosk;
}

type Hits = Readonly<Record<keyof typeof words, number>>;

function inMemory(kiosk: Kiosk): Hits {
  return count(memoryImage(kiosk.child.pid ?? 0));
}

/** Data folder with write-ahead log and free pages, logs, and the names of all files. */
function inFiles(home: string): Hits {
  const entries = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return count([Buffer.from(paths.join('\n')), ...paths.map((path) => readFileSync(path))]);
}

function count(pieces: Iterable<Buffer>): Hits {
  const hits = { number: 0, name: 0, phone: 0, address: 0 };
  const { number, name, phone: called, address = '' } = words;
  const forms = { number: formsOf(number), name: formsOf(name), phone: formsOf(called), address: formsOf(address) };
  for (const piece of pieces)
    for (const what of ['number', 'name', 'phone', 'address'] as const)
      for (const form of forms[what]) hits[what] += occurrences(piece, form);
  return hits;
}

/** UTF-8, UTF-16 as V8 holds it, and base64 of the first. */
function formsOf(word: string): Buffer[] {
  const plain = Buffer.from(word);
  const encoded = ALIGNMENTS.map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), plain]).toString('base64');
    return Buffer.from(text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + plain.length) * 8) / 6)));
  });
  return [plain, Buffer.from(word, 'utf16le'), ...encoded];
}

function occurrences(piece: Buffer, form: Buffer): number {
  let found = 0;
  for (let at = piece.indexOf(form); at >= 0; at = piece.indexOf(form, at + 1)) found += 1;
  return found;
}

async function untilErased(home: string): Promise<void> {
  const log = join(home, 'logs', 'core.log');
  while (!readFileSync(log, 'utf8').includes('core.erased')) await pause(LOOK_EVERY_MS);
}
