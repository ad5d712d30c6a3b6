import { readFile, statfs } from 'node:fs/promises';
import type { Database } from 'better-sqlite3';
import type { MachinePart } from '../../contract/self-test.ts';
import { doubtStore } from '../store/open-store.ts';
import { isDamage } from '../store/salvage.ts';
import { attemptWrite } from '../store/write-failure.ts';

/** What the self-test has to know of the computer; injected, so that a fault can be planted in each of it. */
export interface Machine {
  /** Bytes that can still be written where the data lies; 0 when that cannot even be looked at. */
  freeBytes(): Promise<number>;
  /** SQLite reads through every page of the store. */
  isStoreSound(): boolean;
  /** How many places there are to play sound; undefined where the system does not tell. */
  audioOutputs(): Promise<number | undefined>;
  /** Parts that this kiosk does not have. */
  readonly without: readonly MachinePart[];
}

export async function freeBytes(folder: string): Promise<number> {
  return statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
}

/** One that is not is healed at the next start. */
export function isStoreSound(database: Database): boolean {
  const sound = isIntact(database);
  // A disk that does not even take this note is what the self-test is there to tell of.
  if (!sound) attemptWrite(() => doubtStore(database.name));
  return sound;
}

function isIntact(database: Database): boolean {
  try {
    return database.pragma('integrity_check(1)', { simple: true }) === 'ok';
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** ALSA's list of PCM devices, one a line, such as `00-00: ALC257 Analog : ALC257 Analog : playback 1 : capture 1`. */
const ALSA_PCM = '/proc/asound/pcm';

/** Whether anybody hears what is played there is for an ear to say. */
export async function audioOutputs(): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  // Without a sound driver there is no such file.
  const list = await readFile(ALSA_PCM, 'utf8').catch(() => '');
  return countPlayback(list);
}

export function countPlayback(list: string): number {
  return list.split('\n').filter((line) => /: playback \d+/.test(line)).length;
}
