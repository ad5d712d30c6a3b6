import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { parseKioskConfig } from '../../src/contract/config.ts';
import { region, type Region } from '../../src/domain/catalogue/lists.ts';
import { checkPlace, compareTrees, type TreeMismatch } from '../../src/domain/catalogue/region-tree.ts';
import { done, refused, type Result } from '../../src/domain/result.ts';
import { attempt, readJson } from './read.ts';

/** Of the kiosk: in the folder of its catalogue. */
const OWN_TREE = 'lists/regions.json';

/** Regions, offices and windows of a kiosk must be those of the platform, every single one (区划和组织机构配置准确率 100%). */
export function checkTree(kioskFile: string, treeFile: string): Result<string> {
  const text = attempt(() => readFileSync(kioskFile, 'utf8'));
  const kiosk = text.ok ? parseKioskConfig(text.value) : text;
  if (!kiosk.ok) return kiosk;
  const { hall, queues = [], catalogue } = kiosk.value;
  const here = readTree(join(dirname(kioskFile), catalogue, OWN_TREE));
  if (!here.ok) return here;
  const there = readTree(treeFile);
  if (!there.ok) return there;
  const mismatches = [
    ...checkPlace({ hallCode: hall.code, queues }, there.value),
    ...compareTrees(here.value, there.value),
  ];
  if (mismatches.length > 0)
    return refused(`not to go live, ${mismatches.length} mismatches`, `\n${mismatches.map(lineOf).join('\n')}`);
  const offices = here.value.flatMap((one) => one.offices);
  const windows = offices.flatMap((one) => one.windows);
  return done(`good: ${here.value.length} regions, ${offices.length} offices and ${windows.length} windows agree`);
}

function readTree(file: string): Result<Region[]> {
  const raw = readJson(file);
  if (!raw.ok) return raw;
  const tree = z.array(region).safeParse(raw.value);
  return tree.success ? done(tree.data) : refused('not a tree', `${file}: ${z.prettifyError(tree.error)}`);
}

function lineOf({ path, kind, here, there }: TreeMismatch): string {
  const said = [here !== undefined && `here "${here}"`, there !== undefined && `there "${there}"`].filter(Boolean);
  return [`${path}: ${kind.replaceAll('-', ' ')}`, ...said].join(', ');
}
