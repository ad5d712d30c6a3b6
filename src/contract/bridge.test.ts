import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { eventIterator, oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clientAt, createBridge } from './bridge.ts';
import { shapeOf } from './bridge-shape.ts';
import { coreApi } from './core-api.ts';

const contract = {
  greet: oc
    .errors({ NOBODY: { data: z.strictObject({ hint: z.string() }) } })
    .input(z.strictObject({ name: z.string().max(5) }))
    .output(z.string()),
  nested: {
    count: oc.output(eventIterator(z.number())),
    countFrom: oc.input(z.strictObject({ first: z.int() })).output(eventIterator(z.number())),
  },
};

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

function serve() {
  const os = implement(contract);
  const left = Promise.withResolvers<void>();
  const router = os.router({
    greet: os.greet.handler(({ input, errors }) => {
      if (input.name === '') throw errors.NOBODY({ data: { hint: 'say a name' } });
      if (input.name === 'bug') throw new Error('a path /home/x and a name');
      return `hello ${input.name}`;
    }),
    nested: {
      count: os.nested.count.handler(async function* ({ signal }) {
        try {
          yield 1;
          yield 2;
          await new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(new Error('left')));
          });
        } finally {
          left.resolve();
        }
      }),
      countFrom: os.nested.countFrom.handler(async function* ({ input }) {
        yield input.first;
        yield input.first + 1;
      }),
    },
  });
  const channel = new MessageChannel();
  channels.push(channel);
  new RPCHandler(router).upgrade(channel.port2);
  channel.port2.start();
  const client: object = createORPCClient(new RPCLink({ port: channel.port1 }));
  channel.port1.start();
  const bridge = createBridge(shapeOf(contract), (path) => clientAt(client, path));
  return { bridge, left: left.promise };
}

describe('bridge', () => {
  it('answers a call with a result', async () => {
    expect(await serve().bridge.greet({ name: 'Ada' })).toEqual({ ok: true, value: 'hello Ada' });
  });

  it('answers a named error with its code and data', async () => {
    expect(await serve().bridge.greet({ name: '' })).toEqual({
      ok: false,
      error: { code: 'NOBODY', data: { hint: 'say a name' } },
    });
  });

  it('answers bad input and bugs with a code alone', async () => {
    const { bridge } = serve();
    expect(await bridge.greet({ name: 'too long' })).toEqual({ ok: false, error: { code: 'BAD_REQUEST' } });
    expect(await bridge.greet({ name: 'bug' })).toEqual({ ok: false, error: { code: 'INTERNAL_SERVER_ERROR' } });
  });

  it('gives a stream to a listener until it is left, and ends the work behind it', async () => {
    const { bridge, left } = serve();
    const seen: number[] = [];
    const stop = await new Promise<() => void>((resolve) => {
      const leave = bridge.nested.count(
        (value) => {
          seen.push(value);
          if (value === 2) resolve(leave);
        },
        () => seen.push(-1),
      );
    });
    stop();
    await left;
    expect(seen).toEqual([1, 2]);
  });

  it('gives a stream its input', async () => {
    const { bridge } = serve();
    const seen: number[] = [];
    const end = await new Promise((resolve) => {
      bridge.nested.countFrom((value) => seen.push(value), resolve, { first: 7 });
    });
    expect(end).toBeUndefined();
    expect(seen).toEqual([7, 8]);
  });

  it('exposes the entries of the core contract and nothing else', () => {
    const bridge = createBridge(shapeOf(coreApi), () => () => Promise.resolve(undefined));
    const names = Object.entries(bridge).flatMap(([group, entries]) =>
      Object.keys(entries).map((name) => `${group}.${name}`),
    );
    expect(names).toEqual(
      Object.entries(coreApi).flatMap(([group, entries]) => Object.keys(entries).map((name) => `${group}.${name}`)),
    );
    expect(names).toMatchSnapshot();
  });
});
