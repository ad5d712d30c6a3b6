import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { getEventIteratorSchemaDetails, isContractProcedure } from '@orpc/contract';
import type { AnyContractProcedure } from '@orpc/contract';
import { RPCHandler } from '@orpc/server/message-port';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientAt, createBridge } from '../../src/contract/bridge.ts';
import { shapeOf } from '../../src/contract/bridge-shape.ts';
import { coreApi } from '../../src/contract/core-api.ts';
import { createRouter } from '../../src/core/api/router.ts';
import { systemClock } from '../../src/contract/clock.ts';
import { applyForAllowance, removeFolder, startCore } from '../fixtures/core-bench.ts';

/** Every entry of the contract by its path: nothing is listed here, so a new entry is fuzzed the day it is written. */
const entries = Object.entries(coreApi).flatMap(([group, calls]) =>
  Object.entries(calls).flatMap(([name, entry]) => (isContractProcedure(entry) ? [{ group, name, entry }] : [])),
);

type AnyCall = (...args: unknown[]) => Promise<{ ok: boolean; error?: { code: string; data?: unknown } }>;

let bench: Awaited<ReturnType<typeof startCore>>;
let bridge: object;
const channel = new MessageChannel();

beforeAll(async () => {
  bench = await startCore({ clock: systemClock });
  new RPCHandler(createRouter(bench.room)).upgrade(channel.port2);
  channel.port2.start();
  const client: object = createORPCClient(new RPCLink({ port: channel.port1 }));
  channel.port1.start();
  bridge = createBridge(shapeOf(coreApi), (path) => clientAt(client, path));
});
afterAll(() => {
  channel.port1.close();
  channel.port2.close();
  bench.stop();
  removeFolder(bench.folder);
});

/** A function of the bridge, without the types that would keep wrong input out. */
function callOf(group: string, name: string): AnyCall {
  const call: unknown = Reflect.get(Reflect.get(bridge, group), name);
  if (typeof call !== 'function') throw new Error('the bridge lacks an entry of the contract');
  return (...args) => Reflect.apply(call, undefined, args);
}

/** What structured cloning lets through: deep objects, odd numbers, dates, binary, prototype names, long strings. */
const anything = fc.oneof(
  fc.anything({ withDate: true, withTypedArray: true, withNullPrototype: true, withBigInt: true, maxDepth: 3 }),
  fc.dictionary(
    fc.constantFrom('code', 'name', 'value', 'image', 'material', 'number', 'level', '__proto__', 'x'),
    fc.anything(),
  ),
  fc.record({ code: fc.string(), name: fc.string(), value: fc.string({ maxLength: 5_000 }) }, { requiredKeys: [] }),
);

const allowed = (entry: AnyContractProcedure) => new Set([...Object.keys(entry['~orpc'].errorMap), 'BAD_REQUEST']);

describe.each(['with no visit open', 'in the middle of a visit'])(
  'every call answers anything with a typed refusal %s',
  (state) => {
    beforeAll(async () => {
      if (state === 'in the middle of a visit') await applyForAllowance(bench);
    });

    it.each(entries)('$group $name', async ({ group, name, entry }) => {
      const call = callOf(group, name);
      const streams = getEventIteratorSchemaDetails(entry['~orpc'].outputSchema) !== undefined;
      await fc.assert(
        fc.asyncProperty(anything, async (input) => {
          if (streams) {
            // Listeners are the bridge's own; what a page can do is leave at any moment.
            const stop: unknown = Reflect.apply(call, undefined, [() => undefined, () => undefined, input]);
            if (typeof stop === 'function') stop();
            return;
          }
          const answer = await call(input);
          if (!answer.ok) expect(allowed(entry)).toContain(answer.error?.code);
        }),
        { numRuns: 60 },
      );
      expect(bench.bugs).toEqual([]);
      expect(await callOf('system', 'status')()).toMatchObject({ ok: true });
    });
  },
);
