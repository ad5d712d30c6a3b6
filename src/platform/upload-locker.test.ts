import { afterAll, expect, it } from 'vitest';
import { noPostgres, startPostgres, type TestPostgres } from '../../test/fixtures/postgres.ts';
import { createPostgresLocker } from './upload-locker.ts';

let postgres: TestPostgres | undefined;
afterAll(() => postgres?.close());

const never = new AbortController().signal;

it.skipIf(noPostgres)(
  'locks of many uploads at once are asked for one after the other on their connection',
  async () => {
    postgres = await startPostgres();
    const warnings: Error[] = [];
    const onWarning = (warning: Error): number => warnings.push(warning);
    process.on('warning', onWarning);
    const lost: Error[] = [];
    const url = await postgres.createDatabase();
    const [here, there] = [1, 2].map(() => createPostgresLocker(url, (error) => lost.push(error)));
    if (!here || !there) throw new Error('there are two processes');
    const ids = Array.from({ length: 20 }, (_, index) => `upload-${index}`);

    const wanted = new Set<string>();
    const locks = ids.map((id) => ({ id, lock: here.newLock(id) }));
    await Promise.all(
      locks.map(async ({ id, lock }) => {
        await lock.lock(never, async () => {
          wanted.add(id);
          await lock.unlock();
        });
      }),
    );
    // Another process wants all of them: whoever holds one is asked for it and lets go.
    const others = ids.map((id) => there.newLock(id));
    await Promise.all(others.map((lock) => lock.lock(never, () => undefined)));
    expect(wanted).toEqual(new Set(ids));
    await Promise.all(others.map((lock) => lock.unlock()));
    await Promise.all([here.close(), there.close()]);
    process.off('warning', onWarning);
    expect([warnings, lost]).toEqual([[], []]);
  },
  60_000,
);
