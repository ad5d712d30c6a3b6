import { expect, it } from 'vitest';
import { RecordedLog } from '../../test/fixtures/core-bench.ts';
import { LateLog } from './late-log.ts';

it('keeps what was told early, in order, and is opened once', async () => {
  const recorded = new RecordedLog();
  let opened = 0;
  const late = new LateLog(() => {
    opened += 1;
    return Promise.resolve(recorded.log);
  });
  late.log('shell.second-instance', {});
  late.log('shell.page-lost', { cause: 'blank' });
  expect(recorded.events).toEqual([]);
  await Promise.all([late.open(), late.open()]);
  late.log('shell.page-hopeless', {});
  expect(opened).toBe(1);
  expect(recorded.events).toEqual([
    { event: 'shell.second-instance', fields: {} },
    { event: 'shell.page-lost', fields: { cause: 'blank' } },
    { event: 'shell.page-hopeless', fields: {} },
  ]);
});

it('says when it cannot be opened', async () => {
  const late = new LateLog(() => Promise.reject(new Error('no folder')));
  await expect(late.open()).rejects.toThrow('no folder');
});
