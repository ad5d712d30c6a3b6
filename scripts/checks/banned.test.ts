import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { checkText, findBanned } from './banned.ts';

test.each([
  'shell.openExternal(url)',
  "args: ['--no-sandbox']",
  'webSecurity: false,',
  '"nodeIntegration": true',
  'nodeIntegrationInWorker: true',
  'contextIsolation: false',
  'eval(text)',
  'eval (text)',
  'new Function("return 1")',
  "ipcRenderer.sendSync('x')",
  'enableRemoteModule: true',
  'allowRunningInsecureContent: true',
  'experimentalFeatures: true',
  "enableBlinkFeatures: 'x'",
])('finds %s', (text) => {
  const found = checkText('src/main/window.ts', `// line one\n${text}`);
  expect(found.map(({ line }) => line)).toEqual([2]);
});

test.each([
  'webSecurity: true,',
  'nodeIntegration: false',
  'allowRunningInsecureContent: false',
  'page.evaluate(text)',
  'retrieval(x)',
])('leaves %s alone', (text) => {
  expect(checkText('src/main/window.ts', text)).toEqual([]);
});

test('plain HTTP is forbidden in pages only, and a name space is no address', () => {
  expect(checkText('src/renderer/a.ts', "fetch('http://a.example')")).toHaveLength(1);
  expect(checkText('src/renderer/a.ts', "xmlns='http://www.w3.org/2000/svg'")).toEqual([]);
  expect(checkText('src/core/a.ts', "fetch('http://127.0.0.1')")).toEqual([]);
});

test('looks into folders, leaves tests out and counts what it read', () => {
  const root = mkdtempSync(join(tmpdir(), 'bans-'));
  try {
    mkdirSync(join(root, 'src/main'), { recursive: true });
    writeFileSync(join(root, 'src/main/a.ts'), 'eval("1")');
    writeFileSync(join(root, 'src/main/a.test.ts'), 'eval("1")');
    writeFileSync(join(root, 'package.json'), '{}');
    const { files, findings } = findBanned(root);
    expect(files).toBe(2);
    expect(findings.map(({ path }) => path)).toEqual(['src/main/a.ts']);
  } finally {
    rmSync(root, { recursive: true });
  }
});
