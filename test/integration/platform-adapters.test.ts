import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import type { RatingLevel } from '../../src/domain/rating.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { nationalEntry, writeSecrets } from '../fixtures/adapters.ts';
import { applyForAllowance, removeFolder, startCore } from '../fixtures/core-bench.ts';
import { NationalFront } from '../fixtures/national-front.ts';
import { opensslVerifies } from '../fixtures/openssl-sm2.ts';

type Bench = Awaited<ReturnType<typeof startCore>>;

/** What the province keeps is not on our platform, where the kiosk's own records still go. */
let platform: Platform;
let province: Platform;
let front: NationalFront;
let frontUrl: string;
let secrets: string;
let bench: Bench | undefined;
beforeEach(async () => {
  platform = await createPlatform({ clock: systemClock, log: () => undefined });
  province = await createPlatform({ clock: systemClock, log: () => undefined });
  front = new NationalFront(province.url, opensslVerifies);
  frontUrl = await front.open();
  secrets = writeSecrets();
});
afterEach(async () => {
  bench?.stop();
  if (bench) removeFolder(bench.folder);
  expect(bench?.bugs ?? []).toEqual([]);
  bench = undefined;
  await front.close();
  await Promise.all([platform.close(), province.close()]);
  rmSync(secrets, { recursive: true });
});

async function start(): Promise<Bench> {
  const entry = { url: platform.url, national: nationalEntry(frontUrl, secrets) };
  bench = await startCore({ clock: systemClock, platform: entry });
  return bench;
}

async function visit(on: Bench, level: RatingLevel, tags?: string[]) {
  await applyForAllowance(on);
  const answer = await on.core.application.submit();
  await on.core.rating.submit({ level, channel: 'page', ...(tags && { tags }) });
  await on.core.session.end({ cause: 'finished' });
  return answer;
}

describe('the national formats', () => {
  it('carry the numbers of the case, the codes of the lists and no name with an anonymous rating', async () => {
    const on = await start();
    const { provisionalNumber } = await visit(on, 'satisfied');
    await on.log.until('core.delivered', 3);
    const { officialNumber } = await on.core.progress.lookup({ number: provisionalNumber });
    expect(front.applications).toMatchObject([{ serviceObject: '1', applyForm: '9', areaCode: '990101000000' }]);
    expect(front.ratings).toMatchObject([
      { projectNo: officialNumber, satisfaction: '4', pf: '5', assessNumber: '1', dataSource: '537', userName: '' },
    ]);
    expect(front.refusals).toEqual([]);
    expect(await province.received()).toMatchObject({ cases: [{ provisionalNumber }], scans: [{}], ratings: [{}] });
    expect(await platform.received()).toMatchObject({ cases: [], scans: [], ratings: [] });
  });

  it('are not taken under another word, and wait', async () => {
    writeFileSync(join(secrets, 'word'), 'ein anderes');
    const on = await start();
    await on.log.until('core.platform-changed', 1, { state: 'unreachable', reason: 'not-let-in' });
    await visit(on, 'satisfied');
    expect(await on.core.system.status()).toMatchObject({ waiting: 3, needsStaff: 0 });
    expect(new Set(front.refusals)).toEqual(new Set(['SIGNATURE']));
    expect(front.applications).toEqual([]);
  });

  it('carry the reasons of a bad level by their codes and the version of their list', async () => {
    const on = await start();
    await applyForAllowance(on);
    await on.core.application.submit();
    const offered = await on.core.rating.askWhy({ level: 'dissatisfied', channel: 'page' });
    const tags = offered.slice(0, 2).map(({ code }) => code);
    await on.core.rating.submit({ level: 'dissatisfied', channel: 'page', tags });
    await on.core.session.end({ cause: 'finished' });
    await on.log.until('core.delivered', 3);
    expect(tags).toHaveLength(2);
    expect(front.ratings).toMatchObject([{ satisfaction: '2', evalDetail: tags.join(','), evaVersion: '1' }]);
    const { ratings } = await province.received();
    expect(ratings).toMatchObject([{ level: 'dissatisfied', tags: { version: 1, codes: tags } }]);
  });

  it('have no place for a bad level without a reason: the person is done, staff read of it, and it is kept', async () => {
    const on = await start();
    const { provisionalNumber: number } = await visit(on, 'dissatisfied');
    await on.log.until('core.delivered', 2);
    await on.log.until('core.delivery-parked', 1, { step: 'rating', reason: 'reason-missing' });
    expect(front.ratings).toEqual([]);
    expect(front.refusals).toEqual([]);
    expect(await on.core.system.status()).toMatchObject({ waiting: 0, needsStaff: 1 });
    await on.core.staff.signIn({ number: '100001', pin: '246810' });
    expect(await on.core.staff.parkedRecords()).toMatchObject([{ kind: 'rating', number, reason: 'reason-missing' }]);
    expect(on.log.count('core.platform-adapter', { adapter: 'national' })).toBe(1);
  });
});

describe('another adapter on the same store', () => {
  const own = () => ({ url: platform.url });
  const national = () => ({ url: platform.url, national: nationalEntry(frontUrl, secrets) });
  const swaps = [
    { from: 'our own interface', before: own, after: national, arrivesAt: () => province, not: () => platform },
    { from: 'the national formats', before: national, after: own, arrivesAt: () => platform, not: () => province },
  ];
  it.each(swaps)('in place of $from sends all that waits, once', async ({ before, after, arrivesAt, not }) => {
    for (const one of [platform, province]) await one.setFault({ kind: 'down' });
    bench = await startCore({ clock: systemClock, platform: before() });
    const numbers = [(await visit(bench, 'satisfied')).provisionalNumber];
    numbers.push((await visit(bench, 'dissatisfied', ['207'])).provisionalNumber);
    bench.stop();
    for (const one of [platform, province]) await one.setFault({ kind: 'none' });
    bench = await startCore({ clock: systemClock, platform: after(), folder: bench.folder });
    await bench.log.until('core.delivered', 6);
    const { cases, scans, ratings } = await arrivesAt().received();
    expect(cases.map(({ provisionalNumber }) => provisionalNumber)).toEqual(numbers);
    expect([scans.length, ratings.map(({ level }) => level).toSorted()]).toEqual([2, ['dissatisfied', 'satisfied']]);
    expect(await not().received()).toMatchObject({ cases: [], scans: [], ratings: [] });
  });
});

it('a kiosk whose key cannot be read is not in service', async () => {
  writeFileSync(join(secrets, 'key'), 'no key');
  const on = await start();
  expect(await on.core.system.status()).toMatchObject({ outOfService: { reason: 'config-unreadable' } });
});
