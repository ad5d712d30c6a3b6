import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hallArgument, hallFromArguments } from '../contract/hall-argument.ts';
import { readHall } from './hall.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-hall-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const hall = { name: '安澜县政务服务中心', hours: '周一至周五 9:00–17:00', phone: '0100-5550101' };

function configOf(text: string): string {
  const path = join(folder, 'kiosk.json');
  writeFileSync(path, text);
  return path;
}

it('finds the hall in the configuration, and only what pages show of it', () => {
  expect(readHall(configOf(JSON.stringify({ kioskId: 'A001', hall: { code: '990101', ...hall } })))).toEqual(hall);
});

it.each([
  ['no JSON', '{"hall": '],
  ['no object', '7'],
  ['no hall', '{}'],
  ['an incomplete hall', JSON.stringify({ hall: { name: hall.name } })],
  ['a hall of other types', JSON.stringify({ hall: { ...hall, phone: 12 } })],
])('leaves %s for core to complain about', (_what, text) => {
  expect(readHall(configOf(text))).toBeUndefined();
});

it('leaves a missing file and a folder for core to complain about', () => {
  expect(readHall(join(folder, 'nowhere.json'))).toBeUndefined();
  expect(readHall(folder)).toBeUndefined();
});

it('reaches the page as one plain argument among others', () => {
  const argument = hallArgument(hall);
  expect(argument).toMatch(/^--kiosk-hall=[\w%.!~*'()-]+$/);
  expect(hallFromArguments(['electron', '--type=renderer', argument])).toEqual(hall);
  expect(hallFromArguments(['electron'])).toBeUndefined();
});
