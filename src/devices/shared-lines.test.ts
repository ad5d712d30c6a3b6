import { expect, test } from 'vitest';
import type { Result } from '../domain/result.ts';
import { done, refused } from '../domain/result.ts';
import type { ByteLink, OpenFailure } from './driver.ts';
import { LinkClosed } from './driver.ts';
import { SharedLines } from './shared-lines.ts';
import { LinkState } from './transports/link-state.ts';

/** A line without a far end: what is written is kept, what comes is said by the test. */
class OwnLine implements ByteLink {
  readonly state = new LinkState();
  readonly written: string[] = [];
  readonly speeds: number[] = [];
  readonly closing = Promise.withResolvers<void>();
  isClosing = false;

  write(bytes: Uint8Array): Promise<void> {
    return this.state.write((end) => {
      this.written.push(Buffer.from(bytes).toString());
      end();
    });
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.state.onBytes(listener);
  }

  onClose(listener: () => void): () => void {
    return this.state.onClose(listener);
  }

  async setBaudRate(baudRate: number): Promise<void> {
    this.speeds.push(baudRate);
  }

  async close(): Promise<void> {
    this.isClosing = true;
    await this.closing.promise;
    this.state.end();
  }
}

type Opened = Result<ByteLink, OpenFailure>;

function place() {
  const opened: OwnLine[] = [];
  const lines = new SharedLines();
  const openLine = async (): Promise<Opened> => {
    const line = new OwnLine();
    opened.push(line);
    return done(line);
  };
  const join = async (name = 'bus'): Promise<ByteLink> => {
    const joined = await lines.open(name, openLine);
    if (!joined.ok) throw new Error(joined.reason);
    return joined.value;
  };
  return { lines, opened, join };
}

test('a line is opened once for all that come, and another one for itself', async () => {
  const { opened, join } = place();
  const [one, other] = await Promise.all([join(), join()]);
  await one.write(Buffer.from('one'));
  await other.write(Buffer.from('other'));
  await (await join()).write(Buffer.from('later'));
  await (await join('elsewhere')).write(Buffer.from('apart'));
  expect(opened.map(({ written }) => written)).toEqual([['one', 'other', 'later'], ['apart']]);
});

test('everybody gets all bytes, each in a copy of their own, until they stop listening', async () => {
  const { opened, join } = place();
  const [one, other] = await Promise.all([join(), join()]);
  const heard: string[] = [];
  const stop = one.onBytes((bytes) => {
    heard.push(`one ${Buffer.from(bytes).toString()}`);
    bytes.fill(0);
  });
  other.onBytes((bytes) => heard.push(`other ${Buffer.from(bytes).toString()}`));
  opened[0]?.state.deliver(Buffer.from('a'));
  stop();
  opened[0]?.state.deliver(Buffer.from('b'));
  expect(heard).toEqual(['one a', 'other a', 'other b']);
});

test('who leaves hears nothing more and writes nothing more, and the others stay; nobody changes their speed', async () => {
  const { opened, join } = place();
  const [one, other] = await Promise.all([join(), join()]);
  const ended: string[] = [];
  one.onClose(() => ended.push('one'));
  other.onClose(() => ended.push('other'));
  one.onBytes(() => ended.push('heard'));
  await one.setBaudRate(19_200);
  await one.close();
  await one.close();
  opened[0]?.state.deliver(Buffer.from('a'));
  await expect(one.write(Buffer.from('one'))).rejects.toThrow(LinkClosed);
  await other.write(Buffer.from('other'));
  expect({ ended, written: opened[0]?.written, speeds: opened[0]?.speeds }).toEqual({
    ended: ['one'],
    written: ['other'],
    speeds: [],
  });
  expect(opened[0]?.isClosing).toBe(false);
});

test('with the last one the line is closed; who comes then waits until it is, and opens it anew', async () => {
  const { opened, join } = place();
  const leaving = (await join()).close();
  const coming = join();
  expect(opened[0]?.isClosing).toBe(true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(opened).toHaveLength(1);
  opened[0]?.closing.resolve();
  await leaving;
  await (await coming).write(Buffer.from('anew'));
  expect(opened.map(({ written }) => written)).toEqual([[], ['anew']]);
});

test('a line that breaks ends for all of them, also what is being written, and is opened anew', async () => {
  const { opened, join } = place();
  const [one, other] = await Promise.all([join(), join()]);
  const ended = [one, other].map((link) => new Promise<void>((resolve) => link.onClose(resolve)));
  opened[0]?.state.end();
  await Promise.all(ended);
  await expect(one.write(Buffer.from('x'))).rejects.toThrow(LinkClosed);
  await one.close();
  await other.close();
  expect(opened[0]?.isClosing).toBe(false);
  await (await join()).write(Buffer.from('anew'));
  expect(opened.map(({ written }) => written)).toEqual([[], ['anew']]);
});

test('a line that is gone before anybody has it is a closed one', async () => {
  const { lines, join } = place();
  const line = new OwnLine();
  line.state.end();
  const opened = await lines.open('bus', async () => done(line));
  if (!opened.ok) throw new Error(opened.reason);
  await new Promise<void>((resolve) => opened.value.onClose(resolve));
  await expect(opened.value.write(Buffer.from('x'))).rejects.toThrow(LinkClosed);
  await (await join()).write(Buffer.from('anew'));
});

test('a line that does not open, or whose opening fails by a bug, is tried again by whoever comes next', async () => {
  const { lines, join } = place();
  const missing = async (): Promise<Opened> => refused('port-missing');
  const both = await Promise.all([lines.open('bus', missing), lines.open('bus', missing)]);
  expect(both.map((opened) => opened.ok)).toEqual([false, false]);
  await expect(lines.open('bus', () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  await (await join()).write(Buffer.from('well'));
});
