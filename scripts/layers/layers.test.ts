import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, assert, beforeEach, describe, expect, test } from 'vitest';

import { readImports } from './imports.ts';
import { roomNames } from './rules.ts';
import { checkTree } from './tree.ts';

describe('reading imports', () => {
  test('finds every way to name another module', () => {
    const text = [
      "import a, { type B } from './a.ts';",
      "import type { C } from './c.ts';",
      "export * from './d.ts';",
      "export { e } from './e.ts';",
      "import './f.css';",
      "const g = await import('./g.ts');",
      "type H = import('./h.ts').H;",
      "const i = require('./i.cjs');",
      "const j = import.meta.glob('./j/*.ts');",
      "const k = import.meta.glob(['./k/*.ts', './l/*.ts']);",
      'export const view = <div title="import(\'./no.ts\')">{a}</div>;',
    ].join('\n');
    const found = readImports('view.tsx', text);
    assert(typeof found !== 'string');
    expect(found.map(({ name, line }) => `${line} ${name}`)).toEqual([
      '1 ./a.ts',
      '2 ./c.ts',
      '3 ./d.ts',
      '4 ./e.ts',
      '5 ./f.css',
      '6 ./g.ts',
      '7 ./h.ts',
      '8 ./i.cjs',
      '9 ./j/*.ts',
      '10 ./k/*.ts',
      '10 ./l/*.ts',
    ]);
  });

  test('says when a name is computed', () => {
    expect(readImports('a.ts', 'await import(name);')).toEqual([{ name: 'name', line: 1, computed: true }]);
  });

  test('refuses text it cannot read', () => {
    expect(readImports('a.ts', 'import {')).toContain('cannot be read');
  });
});

describe('the layers check', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'layers-'));
    for (const room of roomNames) {
      write(room === 'drivers' ? 'drivers/reader/driver.ts' : `src/${room}/index.ts`, 'export const one = 1;');
    }
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  function breaches(): string[] {
    return checkTree(root).breaches.map(({ path, line, reason }) => `${path}:${line} ${reason}`);
  }

  test('passes a tree that keeps to the table and counts its rooms', () => {
    write(
      'src/core/case.ts',
      "import { one } from '../domain/index.ts';\nimport { join } from 'node:path';\nimport D from 'better-sqlite3';",
    );
    write('src/devices/registry.ts', "import { d } from '../../drivers/reader/driver.ts';");
    write('drivers/reader/protocol.ts', "import type { Driver } from '../../src/devices/driver.ts';");
    write('drivers/reader/conversation.ts', "import { ask } from '../../src/devices/driver-tools.ts';");
    write(
      'src/main/shell.ts',
      "import { app } from 'electron';\nimport text from '../../resources/messages/a.json' with { type: 'json' };",
    );
    write('src/renderer/page.tsx', "import { useState } from 'react';\nimport { one } from '../contract/index.ts';");
    write(
      'src/renderer/page.test.tsx',
      "import { readFile } from 'node:fs/promises';\nimport { f } from '../../test/fixtures/f.ts';",
    );
    write('drivers/reader/driver.test.ts', "import { link } from '../../src/devices/transports/in-process.ts';");
    const { counts, breaches: found } = checkTree(root);
    expect(found).toEqual([]);
    expect(counts.get('core')).toBe(2);
    expect(counts.get('drivers')).toBe(4);
  });

  test.each([
    ['src/domain/x.ts', "import '../contract/index.ts'", 'domain may not import src/contract/index.ts'],
    ['src/domain/x.ts', "import 'node:fs'", 'domain may not import node:fs'],
    ['src/contract/x.ts', "import 'node:crypto'", 'contract may not import node:crypto'],
    ['src/core/x.ts', "import '../devices/index.ts'", 'core may not import src/devices/index.ts'],
    ['src/core/x.ts', "import 'electron'", 'core may not import electron'],
    ['src/core/x.ts', "import 'fs'", 'writes fs without node:'],
    ['src/core/x.ts', "import 'serialport'", 'core may not import serialport'],
    ['src/main/x.ts', "await import('node-hid')", 'main may not import node-hid'],
    ['src/core/x.ts', "import '../../test/fixtures/f.ts'", 'core may not import test/fixtures/f.ts'],
    ['src/devices/x.ts', "import '../../drivers/reader/driver.ts'", 'devices may not import drivers/reader/driver.ts'],
    [
      'drivers/reader/x.ts',
      "import '../../src/devices/index.ts'",
      'drivers/reader may not import src/devices/index.ts',
    ],
    ['drivers/other/x.ts', "import '../reader/driver.ts'", 'drivers/other may not import drivers/reader/driver.ts'],
    ['src/main/x.ts', "import '../domain/index.ts'", 'main may not import src/domain/index.ts'],
    ['src/preload/x.ts', "import 'node:path'", 'preload may not import node:path'],
    ['src/renderer/x.tsx', "import '../core/index.ts'", 'renderer may not import src/core/index.ts'],
    ['src/renderer/x.tsx', "import 'electron/renderer'", 'renderer may not import electron/renderer'],
    ['src/renderer/x.tsx', "type T = import('../core/index.ts').T", 'renderer may not import src/core/index.ts'],
    ['src/platform/x.ts', "import '../core/index.ts'", 'platform may not import src/core/index.ts'],
    ['src/platform/x.ts', "import '../../scripts/x.ts'", 'platform may not import scripts/x.ts'],
    ['src/core/x.ts', 'await import(name)', 'name is not written down'],
    ['src/core/x.ts', "import '/etc/x.ts'", 'absolute path'],
    ['src/elsewhere/x.ts', '', 'is in no room'],
    ['src/x.ts', '', 'is in no room'],
    ['src/core/x.ts', 'import {', 'cannot be read'],
  ])('refuses in %s: %s', (path, text, reason) => {
    write(path, text);
    const found = breaches();
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(path);
    expect(found[0]).toContain(reason);
  });

  test('fails when a room is empty', () => {
    rmSync(join(root, 'src/core'), { recursive: true });
    expect(breaches()).toEqual(['core:0 has no modules: is the check looking at the right place?']);
  });

  test('fails when there is nothing at all', () => {
    rmSync(join(root, 'src'), { recursive: true });
    rmSync(join(root, 'drivers'), { recursive: true });
    expect(breaches()).toHaveLength(roomNames.length);
  });
});
