import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { verifyChain } from '../../../src/core/audit/verify.ts';
import type { Kiosk } from './kiosk.ts';
import type { Arrived } from './platform.ts';
import type { Told } from './visit.ts';

/** How far the platform may differ from what was told: work that was cut off between its commit and the page. */
export interface Doubt {
  /** Cases that may have come although nobody was told of them. */
  readonly cases: number;
  /** The same of ratings. */
  readonly ratings: number;
}
export const noDoubt: Doubt = { cases: 0, ratings: 0 };

/** What is wrong with what the platform has of a kiosk, against what its citizens were told. */
export function compare(told: readonly Told[], arrived: Arrived, doubt: Doubt): string[] {
  const complaints: string[] = [];
  const cases = new Map(arrived.cases.map((one) => [one.provisionalNumber, one]));
  const known = new Set(told.map(({ number }) => number));
  if (known.size < told.length) complaints.push(`${told.length - known.size} numbers were given twice`);
  if (cases.size < arrived.cases.length) complaints.push(`${arrived.cases.length - cases.size} cases came twice`);
  const ids = new Set(arrived.cases.map(({ id }) => id));
  if (ids.size < arrived.cases.length) complaints.push('a case came under two numbers');
  const officials = new Set(arrived.cases.map(({ officialNumber }) => officialNumber));
  if (officials.size < arrived.cases.length) complaints.push('an official number was given twice');
  for (const { number } of told) if (!cases.has(number)) complaints.push(`${number} was told and never came`);
  const more = arrived.cases.filter(({ provisionalNumber }) => !known.has(provisionalNumber)).length;
  if (more > doubt.cases) complaints.push(`${more} cases came of which nobody was told, at most ${doubt.cases} may`);
  return [...complaints, ...comparePages(told, arrived), ...compareRatings(told, arrived, doubt)];
}

function comparePages(told: readonly Told[], { cases, scans }: Arrived): string[] {
  const complaints: string[] = [];
  const came = new Map(scans.map((scan) => [scan.id, scan]));
  if (came.size < scans.length) complaints.push('a page came twice');
  const announced = cases.flatMap((one) =>
    one.materials.flatMap(({ pages }) => pages.map((page) => ({ ...page, caseId: one.id }))),
  );
  for (const { id, caseId, sha256 } of announced) {
    const scan = came.get(id);
    if (!scan) complaints.push(`page ${id} of case ${caseId} never came`);
    else if (scan.sha256 !== sha256 || scan.caseId !== caseId) complaints.push(`page ${id} came as another one`);
  }
  if (scans.length > announced.length) complaints.push(`${scans.length - announced.length} pages belong to no case`);
  const hashes = new Map(
    cases.map((one) => [
      one.provisionalNumber,
      one.materials.flatMap(({ pages }) => pages.map(({ sha256 }) => sha256)),
    ]),
  );
  for (const { number, pages } of told) {
    const there = hashes.get(number);
    if (there && there.join() !== pages.join()) complaints.push(`${number} has other pages than were shown`);
  }
  return complaints;
}

function compareRatings(told: readonly Told[], { cases, ratings }: Arrived, doubt: Doubt): string[] {
  const complaints: string[] = [];
  const levels = new Map(ratings.map(({ caseId, level }) => [caseId, level]));
  if (levels.size < ratings.length) complaints.push('a case was rated twice');
  const rated = told.filter(({ level }) => level !== undefined);
  const ids = new Map(cases.map(({ id, provisionalNumber }) => [provisionalNumber, id]));
  for (const { number, level } of rated) {
    const there = levels.get(ids.get(number) ?? '');
    if (there !== level) complaints.push(`the rating of ${number} is ${there ?? 'not there'} and was ${level}`);
  }
  const more = ratings.length - rated.length;
  if (more > doubt.ratings) complaints.push(`${more} ratings came of which nobody was told`);
  return complaints;
}

/** Whether the kiosk knows the official number of each case, and the platform's word for it is the same. */
export async function compareNumbers(kiosk: Kiosk, arrived: Arrived): Promise<string[]> {
  const complaints: string[] = [];
  for (const { provisionalNumber, officialNumber } of arrived.cases) {
    const own = await kiosk.alive(kiosk.core.progress.lookup({ number: provisionalNumber }));
    if (own.officialNumber !== officialNumber)
      complaints.push(`${provisionalNumber} is ${own.officialNumber ?? 'without official number'} here and not there`);
  }
  return complaints;
}

/** What is wrong with the store of a kiosk that is not running. */
export function examineStore(folder: string, data = 'data'): string[] {
  const store = new Sqlite(join(folder, data, 'kiosk.db'), { readonly: true });
  try {
    const health = store.pragma('integrity_check', { simple: true });
    const chain = verifyChain(store);
    return [
      ...(health === 'ok' ? [] : [`the store is damaged: ${String(health)}`]),
      ...(chain.whole ? [] : [`the audit chain is broken at row ${chain.sequence}: ${chain.reason}`]),
    ];
  } finally {
    store.close();
  }
}
