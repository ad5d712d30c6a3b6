import { EventEmitter } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { RouterClient } from '@orpc/server';
import { os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ApiPort, ChildLike, ProcessLike } from './process-link.ts';
import { connectToChild, connectToParent, joinPorts } from './process-link.ts';

/** An IPC channel without processes: JSON both ways, each message in a turn of its own. */
function channel() {
  const parentSide = new EventEmitter();
  const childSide = new EventEmitter();
  const post = (to: EventEmitter) => (message: unknown) => {
    const text = JSON.stringify(message);
    queueMicrotask(() => to.emit('message', JSON.parse(text)));
    return true;
  };
  const child: ChildLike = Object.assign(parentSide, { send: post(childSide), connected: true });
  const process: ProcessLike = Object.assign(childSide, { send: post(parentSide) });
  return { child, process, parentSide, childSide };
}

const start = { type: 'start', configPath: 'c', dataDir: 'd', logDir: 'l', appVersion: '1' } as const;
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

function collect(port: ApiPort): unknown[] {
  const got: unknown[] = [];
  port.on('message', (event) => got.push(event?.data));
  port.on('close', () => got.push('closed'));
  return got;
}

test('start values and ports that came early are kept until somebody listens', async () => {
  const { child, process } = channel();
  const link = connectToParent(process);
  const parent = connectToChild(child);
  parent.send(start);
  parent.openPort('page');
  await turn();
  const got: unknown[] = [];
  link.onStart((message) => got.push(message));
  link.onPort((peer) => got.push(peer));
  expect(got).toEqual([start, 'page']);
});

test('pings are answered', async () => {
  const { child, process } = channel();
  connectToParent(process);
  const parent = connectToChild(child);
  const got: unknown[] = [];
  parent.onMessage(({ type }) => got.push(type));
  parent.send({ type: 'ping' });
  await turn();
  expect(got).toEqual(['pong']);
});

test('two ports share the channel and do not mix; nothing arrives before start', async () => {
  const { child, process } = channel();
  const link = connectToParent(process);
  const ports = new Map<string, ApiPort>();
  link.onStart(() => undefined);
  link.onPort((peer, port) => ports.set(peer, port));
  const parent = connectToChild(child);
  parent.openPort('page').postMessage('to page');
  parent.openPort('core').postMessage('to core');
  await turn();
  const [page, core] = [ports.get('page'), ports.get('core')];
  if (!page || !core) throw new Error('a port is missing');
  const [fromPage, fromCore] = [collect(page), collect(core)];
  expect([fromPage, fromCore]).toEqual([[], []]);
  page.start();
  core.start();
  expect([fromPage, fromCore]).toEqual([['to page'], ['to core']]);
});

test('a new port of a peer closes the earlier one, and late traffic of that is dropped', async () => {
  const { child, process } = channel();
  const link = connectToParent(process);
  const seen: unknown[][] = [];
  link.onStart(() => undefined);
  link.onPort((_, port) => {
    seen.push(collect(port));
    port.start();
  });
  const parent = connectToChild(child);
  const older = parent.openPort('devices');
  const newer = parent.openPort('devices');
  older.postMessage('late');
  newer.postMessage('now');
  await turn();
  expect(seen).toEqual([['closed'], ['now']]);
});

test('closing one end closes the other, and so does the end of the process', async () => {
  const { child, process, parentSide, childSide } = channel();
  const link = connectToParent(process);
  const seen: unknown[][] = [];
  let parentGone = false;
  link.onStart(() => undefined);
  link.onPort((_, port) => void seen.push(collect(port)));
  link.onParentGone(() => {
    parentGone = true;
  });
  const parent = connectToChild(child);
  parent.openPort('page').close();
  const near = collect(parent.openPort('core'));
  await turn();
  expect(seen[0]).toEqual(['closed']);
  parentSide.emit('exit');
  expect(near).toEqual(['closed']);
  childSide.emit('disconnect');
  expect([seen[1], parentGone]).toEqual([['closed'], true]);
});

test('calls of one child reach another through the parent', async () => {
  const [core, devices] = [channel(), channel()];
  const router = { double: os.input(z.number()).handler(({ input }) => input * 2) };
  const serving = connectToParent(devices.process);
  serving.onStart(() => undefined);
  serving.onPort((_, port) => {
    new RPCHandler(router).upgrade(port);
    port.start();
  });
  const calling = connectToParent(core.process);
  const ready = Promise.withResolvers<ApiPort>();
  calling.onStart(() => undefined);
  calling.onPort((_, port) => ready.resolve(port));
  joinPorts(connectToChild(core.child).openPort('devices'), connectToChild(devices.child).openPort('core'));
  const port = await ready.promise;
  const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ port }));
  port.start();
  expect(await client.double(21)).toBe(42);
});

test('over Electron’s parent port', async () => {
  const parentPort = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => void sent.push(message) });
  const sent: unknown[] = [];
  const link = connectToParent({ parentPort, on: () => undefined });
  const got: unknown[] = [];
  link.onStart(({ dataDir }) => got.push(dataDir));
  link.onPort((peer, port) => {
    got.push(peer);
    port.on('message', (event) => got.push(event?.data));
    port.on('close', () => got.push('closed'));
    port.start();
  });
  const port = Object.assign(new EventEmitter(), {
    postMessage: () => undefined,
    start: () => got.push('started'),
    close: () => undefined,
  });
  parentPort.emit('message', { data: start, ports: [] });
  parentPort.emit('message', { data: { type: 'port', peer: 'page' }, ports: [port] });
  parentPort.emit('message', { data: { type: 'ping' }, ports: [] });
  port.emit('message', { data: 'hello' });
  port.emit('close');
  expect(got).toEqual(['d', 'page', 'started', 'hello', 'closed']);
  expect(sent).toEqual([{ type: 'pong' }]);
});

test('without a parent it says so', () => {
  expect(() => connectToParent({ on: () => undefined })).toThrow('child_process.fork');
});

test('a child that speaks to a parent that is just gone is told nothing, and does not end by it', async () => {
  const { process } = channel();
  const settled: unknown[] = [];
  // As `process.send` does: an error goes to who asked for it, and otherwise ends the process.
  process.send = (_message, done) => {
    if (!done) throw new Error('write EPIPE');
    done(new Error('write EPIPE'));
    settled.push('refused');
    return false;
  };
  const link = connectToParent(process);
  link.send({ type: 'ready' });
  expect(settled).toEqual(['refused']);
});
