import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseReceipt, type CaseSubmission, receipt } from '../contract/platform-api.ts';
import { caseExample, ratingExample } from '../contract/platform-examples.ts';
import { noPostgres, startPostgres, type TestPostgres } from '../../test/fixtures/postgres.ts';
import { closeEngines, sqlEngines } from '../../test/fixtures/sql-engines.ts';
import { openPostgres } from './postgres.ts';
import type { SqlDatabase } from './sql.ts';
import { createPlatformStore, type PlatformStore } from './store.ts';

const at = new Date('2026-11-22T16:30:00Z');
/** Making a server's folder takes long on a machine that does other things too. */
const SERVER_START_MS = 60_000;
const ready = async (): Promise<void> => undefined;
const uuid = (index: number) => `019ab4c0-5a00-7000-8000-${String(index).padStart(12, '0')}`;

function caseNumber(index: number, change: Partial<CaseSubmission> = {}): CaseSubmission {
  const numbers = { id: uuid(index), provisionalNumber: `YS-${index}`, receiptCode: `R${index}` };
  return { ...caseExample, ...numbers, materials: [], ...change };
}

afterAll(closeEngines);

describe.each(sqlEngines)('the store on $name', ({ missing, create }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }

  let open: () => Promise<SqlDatabase>;
  let store: PlatformStore;
  beforeEach(async () => {
    open = await create();
    store = createPlatformStore(await open());
  }, SERVER_START_MS);
  afterEach(() => store.close());

  const take = (key: string, submission: CaseSubmission) =>
    store.takeIn({ key, operation: 'case', content: submission }, ready, caseReceipt, (records) =>
      records.addCase(submission, at),
    );

  it('gives the cases of a hall their numbers without gap or double, however many come at once', async () => {
    const cases = Array.from({ length: 40 }, (_, index) => caseNumber(index + 1));
    const answers = await Promise.all(cases.map((each, index) => take(uuid(1_000 + index), each)));
    const numbers = answers.map((answer) => (answer.ok ? answer.value.officialNumber : answer.reason));
    expect(numbers.toSorted()).toEqual(
      cases.map((_each, index) => `99010120261123${String(index + 1).padStart(5, '0')}`),
    );
  });

  it('takes a request once when it comes ten times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => take(uuid(1), caseNumber(1))));
    const taken = answers.filter((answer) => answer.ok);
    expect(taken.length).toBeGreaterThanOrEqual(1);
    expect(answers.filter((answer) => !answer.ok && answer.reason !== 'in-progress')).toEqual([]);
    expect(new Set(taken.map((answer) => answer.value.officialNumber)).size).toBe(1);
    expect(await store.received()).toMatchObject({ cases: [{ id: uuid(1) }], replays: taken.length - 1 });
  });

  it('gives one case the same number under every key', async () => {
    for (let serial = 1; serial <= 10; serial += 1) {
      const keys = [1, 2, 3, 4].map((index) => uuid(serial * 10 + index));
      const answers = await Promise.all(keys.map((key) => take(key, caseNumber(serial))));
      expect(answers).toEqual(answers.map(() => answers[0]));
      const officialNumber = `99010120261123${String(serial).padStart(5, '0')}`;
      expect(answers[0]).toMatchObject({ ok: true, value: { officialNumber } });
    }
    expect((await store.received()).cases).toHaveLength(10);
  });

  it.each([
    ['provisional number', { provisionalNumber: 'YS-1' }],
    ['receipt code', { receiptCode: 'R1' }],
    ['number of another kind', { provisionalNumber: 'R1' }],
    ['page', { materials: [{ id: 'M', name: '表', pages: [{ id: uuid(77), sha256: '0'.repeat(64) }] }] }],
  ])('takes one of two cases that come at once with the same %s', async (_what, shared) => {
    const first = caseNumber(1, 'materials' in shared ? shared : {});
    const answers = await Promise.all([take(uuid(11), first), take(uuid(12), caseNumber(2, shared))]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'content-differs' });
    expect((await store.received()).cases).toHaveLength(1);
  });

  it('takes one of two ratings of a case that come at once', async () => {
    await take(uuid(1), caseNumber(1));
    const answers = await Promise.all(
      [31, 32].map((index) => {
        const rating = { ...ratingExample, id: uuid(index), caseId: uuid(1) };
        return store.takeIn({ key: rating.id, operation: 'rating', content: rating }, ready, receipt, (records) =>
          records.addRating(rating, at),
        );
      }),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'already-rated' });
  });

  it('keeps nothing of work that fails, neither record, number nor key', async () => {
    const request = { key: uuid(1), operation: 'case', content: caseNumber(1) };
    const failing = store.takeIn(request, ready, caseReceipt, async (records) => {
      await records.addCase(caseNumber(1), at);
      throw new Error('the process has a bug');
    });
    await expect(failing).rejects.toThrow('the process has a bug');
    expect((await store.received()).cases).toEqual([]);
    expect(await take(uuid(1), caseNumber(1))).toMatchObject({
      ok: true,
      value: { officialNumber: '9901012026112300001' },
    });
  });

  it('refuses a key that was used for other content or another operation', async () => {
    await take(uuid(1), caseNumber(1));
    expect(await take(uuid(1), caseNumber(2))).toEqual({ ok: false, reason: 'key-reused' });
    const asRating = { key: uuid(1), operation: 'rating', content: caseNumber(1) };
    const answer = await store.takeIn(asRating, ready, receipt, (records) => records.addCase(caseNumber(1), at));
    expect(answer).toEqual({ ok: false, reason: 'key-reused' });
  });

  it('finds a case by each of its numbers', async () => {
    const part = { code: 'A', name: '甲', department: '甲局', fields: {}, materials: [] };
    await take(uuid(1), caseNumber(1, { parts: [part, part] }));
    const official = '9901012026112300001';
    for (const number of ['YS-1', 'R1', official, `${official}-01`, `${official}-02`])
      expect(await store.progress(number, at)).toMatchObject({ ok: true, value: { officialNumber: official } });
    expect(await store.progress('R2', at)).toEqual({ ok: false, reason: 'unknown-number' });
  });
});

describe.skipIf(noPostgres !== undefined)('several processes on one PostgreSQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  }, SERVER_START_MS);
  afterAll(() => server.close());

  async function openTwo() {
    const url = await server.createDatabase();
    const lost: Error[] = [];
    const databases = await Promise.all([1, 2].map(() => openPostgres(url, (error) => lost.push(error))));
    const [one, two] = databases;
    if (!one || !two) throw new Error('two were opened');
    return { one, two, closeAll: () => Promise.all(databases.map((database) => database.close())) };
  }
  const takeAt = (database: SqlDatabase, submission: CaseSubmission) =>
    createPlatformStore(database).takeIn(
      { key: submission.id, operation: 'case', content: submission },
      ready,
      caseReceipt,
      (records) => records.addCase(submission, at),
    );

  it('make its tables once when they start together', async () => {
    const { closeAll } = await openTwo();
    await closeAll();
  });

  it('do not work on one key at the same time, and free it when one of them loses its connection', async () => {
    const { one, two, closeAll } = await openTwo();
    const taken = Promise.withResolvers<number>();
    const never = Promise.withResolvers<void>();
    const working = one.transaction(async (transaction) => {
      await transaction.claim(uuid(1));
      taken.resolve((await transaction.get<{ pid: number }>('SELECT pg_backend_pid() AS pid'))?.pid ?? 0);
      await never.promise;
    });
    const ended = expect(working).rejects.toThrow();
    const pid = await taken.promise;
    expect(await takeAt(two, caseNumber(1))).toEqual({ ok: false, reason: 'in-progress' });
    await two.get('SELECT pg_terminate_backend($1, 5000)', [pid]);
    expect(await takeAt(two, caseNumber(1))).toMatchObject({ ok: true });
    never.resolve();
    await ended;
    await closeAll();
  });

  it('number the cases of one hall together', async () => {
    const { one, two, closeAll } = await openTwo();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => takeAt(index % 2 === 0 ? one : two, caseNumber(index + 1))),
    );
    const serials = answers.map((answer) => (answer.ok ? Number(answer.value.officialNumber.slice(-5)) : 0));
    expect(serials.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    await closeAll();
  });
});
