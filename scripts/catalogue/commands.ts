import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { hallDay } from '../../src/domain/calendar/day.ts';
import { diffCatalogues, type Change } from '../../src/domain/catalogue/diff.ts';
import { CHANGE_LIVE_WITHIN_WORKING_DAYS, findStaleChanges } from '../../src/domain/catalogue/freshness.ts';
import { lintCatalogue } from '../../src/domain/catalogue/lint.ts';
import { buildPack } from '../../src/domain/catalogue/pack.ts';
import { compareTwins, countTwins } from '../../src/domain/catalogue/twins.ts';
import { readCalendar, readItems, readLists, readNotices, readRegion, Unreadable } from './read.ts';

const FOUND = 1;
const USAGE = 2;
const usage = `Usage: npm run catalogue -- lint FILE
       npm run catalogue -- diff FILE OTHER
       npm run catalogue -- twins FILE
       npm run catalogue -- fresh FILE [NOTICES] [--on YYYY-MM-DD]
       npm run catalogue -- pack FILE OUT`;

export interface Report {
  readonly text: string;
  readonly code: 0 | 1 | 2;
}

/** One run of the tool: what it says, and its exit code. */
export async function runCatalogueTool(args: readonly string[], now: Date): Promise<Report> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { on: { type: 'string', default: hallDay(now.toISOString()) } },
      allowPositionals: true,
    });
    const [command, file, second] = positionals;
    if (file === undefined) return { text: usage, code: USAGE };
    if (command === 'lint') return await lint(file);
    if (command === 'diff' && second !== undefined) return await diff(file, second);
    if (command === 'twins') return await twins(file);
    if (command === 'fresh' && /^\d{4}-\d{2}-\d{2}$/.test(values.on)) return await fresh(file, second, values.on);
    if (command === 'pack' && second !== undefined) return await pack(file, second);
    return { text: usage, code: USAGE };
  } catch (error) {
    // parseArgs complains about unknown options with a TypeError.
    if (error instanceof Unreadable || error instanceof TypeError) return { text: error.message, code: USAGE };
    throw error;
  }
}

async function lint(file: string): Promise<Report> {
  const [items, lists] = await Promise.all([readRegion(file), readLists()]);
  const findings = lintCatalogue(items, lists);
  const names = new Map(items.map(({ code, name }) => [code, name]));
  return report(
    findings.map(({ code, path, problem }) => `${names.get(code)} (${code})\n    ${path}: ${problem}`),
    `${items.length} items, ${findings.length} findings`,
  );
}

async function diff(file: string, other: string): Promise<Report> {
  const [before, after] = await Promise.all([readRegion(file), readRegion(other)]);
  const changes = diffCatalogues(before, after);
  const of = (operation: string) => changes.filter((change) => change.operation === operation).length;
  return report(
    changes.map(({ operation, code, name, changes: paths }) =>
      [`${operation} ${name} (${code})`, ...paths.map(sayChange)].join('\n'),
    ),
    `${of('I')} added, ${of('U')} changed, ${of('D')} taken away`,
  );
}

async function twins(file: string): Promise<Report> {
  const [items, { regions }] = await Promise.all([readItems(file), readLists()]);
  const differences = compareTwins(items, regions);
  return report(
    differences.map(({ basic, field, codes, changes }) =>
      [`${basic} ${field}: ${codes[0]} and ${codes[1]}`, ...changes.map(sayChange)].join('\n'),
    ),
    `${countTwins(items)} items in several regions, ${differences.length} differences`,
  );
}

async function fresh(file: string, noticeFile: string | undefined, today: string): Promise<Report> {
  const [items, notices, calendar] = await Promise.all([readItems(file), readNotices(noticeFile), readCalendar()]);
  const live = new Map(items.map(({ code, version }) => [code, version]));
  const stale = findStaleChanges(notices, live, today, calendar);
  const overdue = stale.filter((one) => one.overdue);
  const lines = stale.map(
    ({ notice, age, live: version, overdue: late }) =>
      `${late ? 'OVERDUE' : 'waiting'} ${notice.operation} ${notice.name} (${notice.code}), ${notice.decree}: published ` +
      `${notice.publishedOn}, ${age} working days ago; here ${version === undefined ? 'not offered' : `version ${version}`}`,
  );
  const end = `${notices.length} notices, ${overdue.length} not live after ${CHANGE_LIVE_WITHIN_WORKING_DAYS} working days`;
  return { text: [...lines, end].join('\n'), code: overdue.length > 0 ? FOUND : 0 };
}

async function pack(file: string, out: string): Promise<Report> {
  const items = await readRegion(file);
  const newest =
    items
      .map(({ updatedOn }) => updatedOn)
      .toSorted()
      .at(-1) ?? '';
  const built = buildPack(newest, items);
  if (!built.ok) return { text: `${built.reason}: ${built.detail}`, code: FOUND };
  await writeFile(out, `${JSON.stringify(built.value)}\n`);
  return { text: `${items.length} items in ${out}`, code: 0 };
}

function sayChange({ path, before, after }: Change): string {
  return `    ${path === '' ? 'it' : path}: ${before} -> ${after}`;
}

function report(lines: readonly string[], end: string): Report {
  return { text: [...lines, end].join('\n'), code: lines.length > 0 ? FOUND : 0 };
}
