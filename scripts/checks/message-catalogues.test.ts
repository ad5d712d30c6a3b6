import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { checkMessages } from './message-catalogues.ts';
import { placeholders } from './placeholders.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'messages-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function problemsOf(chinese: object, english: object): readonly string[] {
  write('resources/messages/page.zh-CN.json', JSON.stringify(chinese));
  write('resources/messages/page.en.json', JSON.stringify(english));
  return checkMessages(root).problems;
}

test('passes catalogues that agree, and code that names what is there', () => {
  write('src/renderer/a.tsx', "text('page.back'); format.text('x'); text(`page.${name}`); context('other.thing');");
  expect(
    problemsOf({ 'page.back': '返回', 'page.of': '第 {n} 页' }, { 'page.back': 'Back', 'page.of': 'Page {n}' }),
  ).toEqual([]);
  expect(checkMessages(root).keys).toBe(2);
});

test.each([
  ['a missing text', { a: '甲' }, {}, 'page.en.json: a is missing'],
  ['a text without Chinese', {}, { a: 'A' }, 'page.en.json: a has no Chinese'],
  ['an empty text', { a: '甲' }, { a: ' ' }, 'page.en.json: a has no text'],
  ['an empty Chinese text', { a: '' }, { a: 'A' }, 'page.zh-CN.json: a has no text'],
  ['something that is no text', { a: '甲' }, { a: 1 }, 'page.en.json: a has no text'],
  ['other values', { a: '{n} 页' }, { a: '{m} pages' }, 'asks for {m}, the Chinese for {n}'],
  ['a value left out', { a: '{n} 页' }, { a: 'pages' }, 'asks for {}, the Chinese for {n}'],
  ['another choice', { a: '{k, select, x {甲} other {乙}}' }, { a: '{k, select, y {A} other {B}}' }, 'k:y'],
  ['a broken message', { a: '甲' }, { a: '{n' }, 'page.en.json: a cannot be read'],
])('finds %s', (_name, chinese, english, expected) => {
  expect(problemsOf(chinese, english)).toEqual([expect.stringContaining(expected)]);
});

test('plurals may differ between languages', () => {
  expect(problemsOf({ a: '{n, plural, other {# 页}}' }, { a: '{n, plural, one {# page} other {# pages}}' })).toEqual(
    [],
  );
});

test('finds a key that two catalogues have', () => {
  write('resources/messages/input.zh-CN.json', '{"a":"甲"}');
  write('resources/messages/input.en.json', '{"a":"A"}');
  expect(problemsOf({ a: '甲' }, { a: 'A' })).toEqual(['page.zh-CN.json: a is in input.zh-CN.json too']);
});

test('finds a key in the code that no catalogue has', () => {
  write('src/renderer/a.tsx', "const one = 1;\nreturn text('page.gone');");
  expect(problemsOf({ a: '甲' }, { a: 'A' })).toEqual(['src/renderer/a.tsx:2: there is no message page.gone']);
});

test('names the values of a message, inner ones too', () => {
  expect(placeholders('{who} has {n, plural, one {# case of {hall}} other {# cases}} <b>')).toEqual({
    ok: true,
    names: ['hall', 'n', 'who'],
  });
});
