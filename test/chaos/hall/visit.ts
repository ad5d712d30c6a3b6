import { createHash } from 'node:crypto';
import type { SeededRandom } from '../../../src/devices/faults/random.ts';
import type { CardPerson } from '../../../src/domain/identity.ts';
import type { RatingLevel } from '../../../src/domain/rating.ts';
import { ratingLevels } from '../../../src/domain/rating-levels.ts';
import { fillInAllowance, jpegWith, seniorAllowance, signaturePng, signIn } from '../../fixtures/core-bench.ts';
import type { Kiosk } from './kiosk.ts';

const MOST_PAGES = 3;

/** A kiosk as somebody meets it; a process or not. */
export type VisitedKiosk = Pick<Kiosk, 'core' | 'devices' | 'alive'>;

/** What somebody brings along. */
export interface Papers {
  readonly phone: string;
  /** JPEG, base64 */
  readonly pages: readonly string[];
}

/** What a citizen was told that the hall has from them. */
export interface Told {
  readonly number: string;
  readonly receiptCode: string;
  /** SHA-256 of each page in hex, in order. */
  readonly pages: readonly string[];
  level?: RatingLevel;
}

export function somePapers(random: SeededRandom): Papers {
  const phone = `138${String(random.below(100_000_000)).padStart(8, '0')}`;
  const pages = Array.from({ length: 1 + random.below(MOST_PAGES) }, () => jpegWith(`页 ${random.below(2 ** 32)}`));
  return { phone, pages };
}

export function someLevel(random: SeededRandom): RatingLevel {
  return random.of(ratingLevels);
}

export interface VisitOptions {
  readonly person?: CardPerson;
  /** Hears what is being done from now on. */
  readonly onStep?: (step: 'scan' | 'hand-in' | undefined) => void;
}

/** Walks a visit up to the number on the page. The visit stays open. */
export async function handIn(
  kiosk: VisitedKiosk,
  papers: Papers,
  { person, onStep = () => undefined }: VisitOptions = {},
): Promise<Told> {
  const { core } = kiosk;
  return kiosk.alive(walk());

  async function walk(): Promise<Told> {
    await signIn(kiosk, person);
    await core.application.begin({ code: seniorAllowance });
    await fillInAllowance(core, papers.phone);
    onStep('scan');
    for (const image of papers.pages) await core.application.addPage({ material: 'M-HOUSEHOLD-BOOK', image });
    onStep(undefined);
    await core.application.sign({ image: signaturePng() });
    onStep('hand-in');
    const { provisionalNumber, receiptCode } = await core.application.submit();
    onStep(undefined);
    return { number: provisionalNumber, receiptCode, pages: papers.pages.map(hashOf) };
  }
}

/** Rates the case of the visit that is open. */
export async function rate(kiosk: VisitedKiosk, told: Told, level: RatingLevel): Promise<void> {
  await kiosk.alive(kiosk.core.rating.submit({ level, channel: 'page' }));
  told.level = level;
}

export function leave(kiosk: VisitedKiosk): Promise<void> {
  return kiosk.alive(kiosk.core.session.end({ cause: 'finished' }));
}

function hashOf(image: string): string {
  return createHash('sha256').update(Buffer.from(image, 'base64')).digest('hex');
}
