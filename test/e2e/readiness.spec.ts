import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inflateSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { selfTestExample } from '../../src/contract/self-test-example.ts';
import { readinessHtml } from '../../src/core/readiness/report.ts';

let folder = '';
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-readiness-'));
});
test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The content of every compressed stream of a PDF (ISO 32000-1, 7.3.8); those that are pictures or fonts are left as they are. */
function streamsOf(pdf: Buffer): string[] {
  const streams: string[] = [];
  const text = pdf.toString('latin1');
  for (const { 1: length, index, 0: head } of text.matchAll(/<<[^>]*?\/Length (\d+)[^>]*?>>\s*stream\r?\n/g)) {
    if (!head.includes('/FlateDecode')) continue;
    const from = index + head.length;
    streams.push(inflateSync(pdf.subarray(from, from + Number(length))).toString('latin1'));
  }
  return streams;
}

/** Every character that the fonts of a PDF say their glyphs stand for: the ToUnicode tables (9.10.3). */
function charactersOf(pdf: Buffer): Set<string> {
  const found = new Set<string>();
  for (const map of streamsOf(pdf).filter((stream) => stream.includes('begincmap'))) {
    for (const [, block = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
      for (const [, to = ''] of block.matchAll(/<[0-9A-F]+>\s*<([0-9A-F]{4})>/gi))
        found.add(String.fromCharCode(Number.parseInt(to, 16)));
    }
    for (const [, block = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
      for (const [, first = '', last = '', to = ''] of block.matchAll(
        /<([0-9A-F]+)>\s*<([0-9A-F]+)>\s*<([0-9A-F]{4})>/gi,
      )) {
        const count = Number.parseInt(last, 16) - Number.parseInt(first, 16);
        for (let step = 0; step <= count; step += 1) found.add(String.fromCharCode(Number.parseInt(to, 16) + step));
      }
    }
  }
  return found;
}

test('the readiness report is a PDF whose Chinese is in the typeface of the pages, embedded', async () => {
  const { machine, devices: results, kioskId: kiosk, endedAt } = selfTestExample;
  const html = readinessHtml({ kiosk, at: new Date(endedAt), machine, results }, 'zh-CN');
  await writeFile(join(folder, 'readiness.html'), html);
  await promisify(execFile)(process.execPath, [resolve('scripts/readiness-pdf.ts'), folder]);

  const pdf = await readFile(join(folder, 'readiness.pdf'));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const characters = charactersOf(pdf);
  for (const one of '设备自检报告凭条打印机未通过时钟KSK1') expect([...characters]).toContain(one);
  // A variable typeface, which the one of the pages is, is drawn into the file as Type 3; any that the system has would stand there by name.
  expect(pdf.toString('latin1')).toContain('/Subtype /Type3');
  expect(pdf.toString('latin1')).not.toContain('/BaseFont');
});
