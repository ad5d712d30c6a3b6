import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nothingReceived } from '../../test/fixtures/nothing-received.ts';
import type { EventLog } from '../contract/log.ts';
import { caseExample, deviceEventExample, pageExample, ratingExample } from '../contract/platform-examples.ts';
import { selfTestExample } from '../contract/self-test-example.ts';
import { uploadScan } from '../../test/fixtures/upload-scan.ts';
import { createPlatform, type Platform } from './server.ts';

const now = new Date('2026-11-22T16:30:00Z');
const clock = { now: () => now };
const log: EventLog = () => undefined;
const keys = {
  one: '019ab4c0-5a00-7000-8000-0000000000a1',
  two: '019ab4c0-5a00-7000-8000-0000000000a2',
  three: '019ab4c0-5a00-7000-8000-0000000000a3',
};

let platform: Platform;
beforeEach(async () => {
  platform = await createPlatform({ clock, log });
});
afterEach(() => platform.close());

async function send(path: string, key: string | undefined, body: unknown) {
  const response = await fetch(`${platform.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}
const quoted = (key: string) => `"${key}"`;

describe('a case', () => {
  it('gets an official number of the hall, of the day in China and in sequence', async () => {
    const first = await send('/cases', quoted(keys.one), caseExample);
    expect(first).toEqual({
      status: 200,
      // 16:30 UTC is past midnight in China.
      body: { officialNumber: '9901012026112300001', receivedAt: now.toISOString(), partNumbers: [] },
    });
    const other = { ...caseExample, id: keys.three, provisionalNumber: 'YS-2', receiptCode: 'R2', materials: [] };
    expect((await send('/cases', quoted(keys.two), other)).body.officialNumber).toBe('9901012026112300002');
  });

  it('of several parts gets a number for each, together with its own', async () => {
    const part = { code: 'A', name: '甲', department: '甲局', fields: {}, materials: [] };
    const { body } = await send('/cases', quoted(keys.one), { ...caseExample, parts: [part, { ...part, code: 'B' }] });
    expect(body.partNumbers).toEqual(['9901012026112300001-01', '9901012026112300001-02']);
    const byPart = await send('/progress', undefined, { number: body.partNumbers[1] });
    expect(byPart.body.officialNumber).toBe(body.officialNumber);
  });

  it('is refused without a key, with a key that is none, and with one used for other content', async () => {
    expect((await send('/cases', undefined, caseExample)).status).toBe(400);
    expect((await send('/cases', 'one', caseExample)).status).toBe(400);
    await send('/cases', quoted(keys.one), caseExample);
    const reused = await send('/cases', quoted(keys.one), { ...caseExample, itemVersion: 2 });
    expect(reused).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
    const elsewhere = await send('/ratings', quoted(keys.one), ratingExample);
    expect(elsewhere).toMatchObject({ status: 422, body: { code: 'KEY_REUSED' } });
    expect((await platform.received()).cases).toHaveLength(1);
  });

  it('sent again gets its first answer, whatever the order of its keys', async () => {
    const first = await send('/cases', quoted(keys.one), caseExample);
    const reversed = Object.fromEntries(Object.entries(caseExample).toReversed());
    expect(await send('/cases', keys.one, reversed)).toEqual(first);
    expect(await send('/cases', quoted(keys.two), caseExample)).toEqual(first);
    expect(await platform.received()).toMatchObject({ replays: 1, cases: [{ id: caseExample.id }] });
  });

  it('is refused when its id, number or page came with another case', async () => {
    await send('/cases', quoted(keys.one), caseExample);
    const changed = [
      { itemVersion: 2 },
      { id: keys.three },
      { id: keys.three, provisionalNumber: 'YS-2' },
      { id: keys.three, provisionalNumber: 'YS-2', receiptCode: 'R2' },
    ];
    for (const change of changed) {
      const answer = await send('/cases', quoted(keys.two), { ...caseExample, ...change });
      expect(answer).toMatchObject({ status: 400, body: { code: 'REFUSED', data: { reason: 'content-differs' } } });
    }
    expect((await platform.received()).cases).toHaveLength(1);
  });
});

it('an event of a device is kept once, and refused when its id came with another', async () => {
  expect((await send('/device-events', quoted(keys.one), deviceEventExample)).status).toBe(200);
  expect((await send('/device-events', quoted(keys.two), deviceEventExample)).status).toBe(200);
  const other = { ...deviceEventExample, kind: 'recovered' };
  const answer = await send('/device-events', quoted(keys.three), other);
  expect(answer).toMatchObject({ status: 400, body: { code: 'REFUSED', data: { reason: 'content-differs' } } });
  expect((await platform.received()).deviceEvents).toEqual([{ ...deviceEventExample, receivedAt: now.toISOString() }]);
});

describe('a rating', () => {
  it('is taken once for a case', async () => {
    await send('/cases', quoted(keys.one), caseExample);
    expect((await send('/ratings', quoted(keys.two), ratingExample)).status).toBe(200);
    const second = await send('/ratings', quoted(keys.three), { ...ratingExample, id: keys.three });
    expect(second).toMatchObject({ status: 400, body: { data: { reason: 'already-rated' } } });
    expect((await platform.received()).ratings).toEqual([{ ...ratingExample, receivedAt: now.toISOString() }]);
  });

  it('is refused when its case is unknown', async () => {
    expect(await send('/ratings', quoted(keys.two), ratingExample)).toMatchObject({ status: 404 });
  });
});

describe('a self-test', () => {
  it('is taken once, and refused when the same record comes with other content', async () => {
    const { status, body } = await send('/self-tests', quoted(keys.one), selfTestExample);
    expect({ status, body }).toEqual({ status: 200, body: { receivedAt: now.toISOString() } });
    expect(await send('/self-tests', quoted(keys.two), selfTestExample)).toMatchObject({ status: 200, body });
    const other = await send('/self-tests', quoted(keys.three), { ...selfTestExample, verdict: 'passed' });
    expect(other).toMatchObject({ status: 400, body: { data: { reason: 'content-differs' } } });
    expect((await platform.received()).selfTests).toEqual([{ ...selfTestExample, receivedAt: now.toISOString() }]);
  });
});

describe('progress', () => {
  it('is found by provisional number, official number and receipt code; accepted once all pages are there', async () => {
    const { body } = await send('/cases', quoted(keys.one), caseExample);
    for (const number of [caseExample.provisionalNumber, caseExample.receiptCode, body.officialNumber]) {
      const found = await send('/progress', undefined, { number });
      expect(found).toMatchObject({ status: 200, body: { officialNumber: body.officialNumber, stage: 'applied' } });
    }
    expect(await uploadScan(platform.url, pageExample)).toBe(201);
    const complete = await send('/progress', undefined, { number: body.officialNumber });
    expect(complete.body).toEqual({
      provisionalNumber: caseExample.provisionalNumber,
      officialNumber: body.officialNumber,
      itemName: caseExample.itemName,
      stage: 'accepted',
      handedInAt: caseExample.handedInAt,
      receivedAt: now.toISOString(),
      department: caseExample.department,
    });
  });

  it('of an unknown number is a 404 with a name', async () => {
    expect(await send('/progress', undefined, { number: 'YS-0' })).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_NUMBER' },
    });
  });
});

describe('the server', () => {
  it('answers what it does not know with JSON', async () => {
    expect(await send('/nothing', undefined, {})).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await send('/admin/fault', undefined, {})).toMatchObject({ status: 404 });
  });

  it('refuses a body over its limit', async () => {
    const big = { ...caseExample, signature: 'A'.repeat(4 * 1024 * 1024) };
    expect(await send('/cases', quoted(keys.one), big)).toMatchObject({ status: 413 });
  });

  it('keeps everything over a restart', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'platform-'));
    try {
      await platform.close();
      platform = await createPlatform({ clock, log, dataDir });
      const first = await send('/cases', quoted(keys.one), caseExample);
      await platform.close();
      platform = await createPlatform({ clock, log, dataDir });
      expect(await send('/cases', quoted(keys.one), caseExample)).toEqual(first);
      expect(await platform.received()).toMatchObject({ replays: 1, cases: [{ id: caseExample.id }] });
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });

  it('opens the admin calls only when told to, and not to a page of another origin', async () => {
    await platform.close();
    platform = await createPlatform({ clock, log, admin: true });
    const set = (body: unknown, headers = {}) =>
      fetch(`${platform.url}/admin/fault`, { method: 'PUT', headers, body: JSON.stringify(body) });
    expect((await set({ kind: 'html' }, { origin: 'http://localhost' })).status).toBe(403);
    expect((await set({ kind: 'down' })).status).toBe(400);
    expect((await set({ kind: 'html' })).status).toBe(200);
    expect((await fetch(`${platform.url}/health`)).headers.get('content-type')).toContain('text/html');
    const received = await fetch(`${platform.url}/admin/received`);
    expect(await received.json()).toEqual(nothingReceived);
  });
});
