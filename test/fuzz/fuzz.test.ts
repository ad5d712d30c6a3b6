import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCardText } from '../../drivers/sam-reader/card-text.ts';
import { FrameDecoder } from '../../drivers/sam-reader/protocol.ts';
import { encodeCardText, findSimulatedCard } from '../../drivers/sam-reader/simulated-card.ts';
import { SeededRandom } from '../../src/devices/faults/random.ts';
import { cardDoesNotSay } from './card-oracle.ts';
import { fuzz, tryStream } from './run.ts';
import type { FuzzTarget } from './target.ts';
import { fuzzTargets } from './targets.ts';

const drivers = join(import.meta.dirname, '../../drivers');

test('every driver with a protocol has its parsers in here', () => {
  const withProtocol = readdirSync(drivers).filter((name) => readdirSync(join(drivers, name)).includes('protocol.ts'));
  expect(withProtocol.length).toBeGreaterThan(0);
  for (const name of withProtocol) {
    expect(
      fuzzTargets.some((target) => target.name.startsWith(name)),
      name,
    ).toBe(true);
  }
});

test(
  '[M-08] a hundred thousand random and damaged streams: no crash, no false card, no buffer beyond its limit',
  { timeout: 300_000 },
  () => {
    const tallies = [...fuzz(fuzzTargets, 100_000, 20_261_122)];
    expect(tallies.flatMap(({ failures }) => failures)).toEqual([]);
    expect(tallies.reduce((sum, { streams }) => sum + streams, 0)).toBe(100_000);
    // Streams that never get past a parser's first byte would prove nothing.
    for (const { target, messages } of tallies) expect(messages, target).toBeGreaterThan(0);
  },
);

describe('a parser is caught that', () => {
  const good = fuzzTargets.find(({ name }) => name === 'sam-reader replies');
  if (!good) throw new Error('the target is missing');
  const complaints = (change: Partial<FuzzTarget>): (string | undefined)[] => {
    const seeds = new SeededRandom(1);
    return Array.from({ length: 200 }, () => tryStream({ ...good, ...change }, seeds.below(2 ** 32)).complaint);
  };
  /** One that does something else with what it gets. */
  const changed = (push: (bytes: Uint8Array, decoder: FrameDecoder) => readonly unknown[]): Partial<FuzzTarget> => ({
    open() {
      const decoder = new FrameDecoder();
      return { push: (bytes) => push(bytes, decoder), pendingBytes: 0 };
    },
  });

  test('throws', () => {
    const throwing = changed((bytes) => {
      if (bytes[0] === 0xaa) throw new Error('it broke');
      return [];
    });
    expect(complaints(throwing)).toContainEqual(expect.stringContaining('it broke'));
  });

  test('makes a frame up', () => {
    const body = new Uint8Array(300);
    expect(complaints(changed(() => [{ kind: 'frame', body }]))).toContainEqual(expect.stringContaining('not there'));
  });

  test('takes a frame whose check byte is wrong', () => {
    const careless = changed((bytes, decoder) =>
      decoder.push(bytes).map((one) => (one.kind === 'frame' ? { ...one, body: one.body.with(0, 1) } : one)),
    );
    expect(complaints(careless)).toContainEqual(expect.stringContaining('not there'));
  });

  test('keeps too much', () => {
    expect(complaints({ mostPendingBytes: 100 })).toContainEqual(expect.stringMatching(/^keeps \d+ bytes$/u));
  });

  test('depends on how a stream is cut', () => {
    const forgetful: Partial<FuzzTarget> = changed((bytes) => new FrameDecoder().push(bytes));
    expect(complaints(forgetful)).toContain('depends on how the stream is cut');
  });

  test('never comes to an end', { timeout: 60_000 }, () => {
    let pushed = 0;
    const endless = changed((bytes, decoder) => {
      pushed += 1;
      while (pushed > 1_000) pushed += 1;
      return decoder.push(bytes);
    });
    const [tally] = fuzz([{ ...good, ...endless }], 10_000, 1);
    const [failure, ...others] = tally?.failures ?? [];
    expect(failure).toMatchObject({ target: good.name, complaint: expect.stringContaining('does not come to an end') });
    expect(others).toEqual([]);
    // By the seed it was told with it is found again.
    expect(tryStream({ ...good, ...endless }, failure?.seed ?? 0).complaint).toBe(failure?.complaint);
  });

  test('misses what was written', () => {
    expect(complaints(changed(() => []))).toContainEqual(expect.stringContaining('does not find'));
  });

  test('reads a card that says something else', () => {
    const card = findSimulatedCard('wang-expired');
    const block = card && Buffer.from(encodeCardText(card));
    const person = block && readCardText(block);
    if (!block || !person) throw new Error('the simulated card is missing');
    expect(cardDoesNotSay(block, person)).toBeUndefined();
    expect(cardDoesNotSay(block, { ...person, name: person.name.slice(0, 1) })).toContain('it was read as');
    expect(cardDoesNotSay(block, { ...person, kind: 'foreigner-2023' })).toBe('another kind of card');
    block.write('J', 248, 'utf16le');
    expect(cardDoesNotSay(block, person)).toBe('another kind of card');
  });
});

test('the same seed gives the same streams', () => {
  for (const target of fuzzTargets) expect(tryStream(target, 7)).toEqual(tryStream(target, 7));
});
