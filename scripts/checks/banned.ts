import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

type Ban = {
  readonly pattern: RegExp;
  readonly reason: string;
  /** Only paths that match are looked at. */
  readonly where?: RegExp;
};

export type Finding = { readonly path: string; readonly line: number; readonly reason: string };

// Written in pieces, so that this list does not find itself.
const word = (...pieces: string[]): string => pieces.join('');

/** After Electron's security tutorial (items 1, 2, 4, 6, 8, 9, 10, 15) and its advice on IPC. */
const bans: readonly Ban[] = [
  { pattern: new RegExp(word('open', 'External')), reason: 'a kiosk opens nothing outside itself' },
  { pattern: new RegExp(word('--no', '-sandbox')), reason: 'the sandbox stays on, in tests too' },
  { pattern: new RegExp(word('web', String.raw`Security['"]?\s*:\s*false`)), reason: 'the same-origin rule stays on' },
  { pattern: new RegExp(word('node', String.raw`Integration\w*['"]?\s*:\s*true`)), reason: 'pages get no Node' },
  { pattern: new RegExp(word('context', String.raw`Isolation['"]?\s*:\s*false`)), reason: 'pages stay isolated' },
  { pattern: new RegExp(word(String.raw`(?<![.\w])ev`, String.raw`al\s*\(`)), reason: 'no code is made from text' },
  { pattern: new RegExp(word(String.raw`new\s+Func`, String.raw`tion\s*\(`)), reason: 'no code is made from text' },
  { pattern: new RegExp(word('send', 'Sync')), reason: 'a synchronous call freezes the page' },
  { pattern: new RegExp(word('enable', 'RemoteModule')), reason: 'pages get no Electron' },
  {
    pattern: new RegExp(word('allow', 'RunningInsecureContent', String.raw`['"]?\s*:\s*true`)),
    reason: 'everything is loaded safely',
  },
  {
    pattern: new RegExp(word('experimental', 'Features', String.raw`['"]?\s*:\s*true`)),
    reason: 'no experimental features',
  },
  { pattern: new RegExp(word('enable', 'BlinkFeatures')), reason: 'no experimental features' },
  {
    // A name space is written like an address but nothing is fetched from it.
    pattern: new RegExp(word('http', String.raw`:\/\/(?!www\.w3\.org\/)`)),
    reason: 'pages load nothing over plain HTTP',
    where: /^src\/renderer\//,
  },
];

const places = [
  'src',
  'drivers',
  'scripts',
  'package.json',
  'electron.vite.config.ts',
  'playwright.config.ts',
  'vitest.config.ts',
];
const looksLikeText = /\.(ts|tsx|mts|cts|js|mjs|cjs|json|html|css|sh)$/;
// Tests name the forbidden settings to prove that they are off.
const isTest = /\.test\.tsx?$/;

/** Looks for forbidden words under a checkout. */
export function findBanned(root: string): { readonly files: number; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  let files = 0;
  for (const place of places) {
    for (const path of filesUnder(root, place)) {
      files += 1;
      findings.push(...checkText(path, readFileSync(join(root, path), 'utf8')));
    }
  }
  return { files, findings };
}

/** Looks for forbidden words in one file's text. */
export function checkText(path: string, text: string): Finding[] {
  const findings: Finding[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    for (const ban of bans) {
      if (ban.where?.test(path) === false || !ban.pattern.test(line)) continue;
      findings.push({ path, line: index + 1, reason: `${ban.reason}: ${line.trim()}` });
    }
  }
  return findings;
}

function filesUnder(root: string, place: string): string[] {
  const full = join(root, place);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [place];
  const names = readdirSync(full, { recursive: true, encoding: 'utf8' });
  const paths = names.map((name) => join(place, name).replaceAll('\\', '/'));
  return paths.filter((path) => looksLikeText.test(path) && !isTest.test(path)).toSorted();
}
