import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nothingReceived } from '../../test/fixtures/nothing-received.ts';
import { z } from 'zod';

const program = join(import.meta.dirname, 'process.ts');
const urlLine = z.strictObject({ url: z.url() });
const readyMessage = z.strictObject({ type: z.literal('ready'), url: z.url() });

/** The tests have stores of their own. */
const { DATABASE_URL: _other, ...env } = process.env;

let dataDir: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'platform-'));
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(stop));
  await rm(dataDir, { recursive: true });
});

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return child.exitCode;
}

async function message(child: ChildProcess): Promise<unknown> {
  const [first]: unknown[] = await once(child, 'message');
  return first;
}

describe('the platform as a process', () => {
  it('says its address on stdout, logs to stderr and ends well', async () => {
    const child = spawn(process.execPath, [program, '--plain-http', '--data', dataDir], { env });
    children.push(child);
    const log = text(child.stderr);
    const [line]: unknown[] = await once(createInterface(child.stdout), 'line');
    const { url } = urlLine.parse(JSON.parse(String(line)));
    const health = await fetch(`${url}/health`);
    expect(health.status).toBe(200);
    await health.text();
    expect(await stop(child)).toBe(0);
    expect(await log).toContain('"event":"platform.listening"');
  });

  it('can be forked, told of faults and asked what arrived', async () => {
    const child = fork(program, ['--plain-http', '--data', dataDir], { silent: true, env });
    children.push(child);
    const { url } = readyMessage.parse(await message(child));
    child.send({ type: 'fault', fault: { kind: 'down' } });
    expect(await message(child)).toEqual({ type: 'fault-set' });
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
    child.send({ type: 'fault', fault: { kind: 'none' } });
    expect(await message(child)).toEqual({ type: 'fault-set' });
    expect((await fetch(`${url}/health`)).status).toBe(200);
    child.send({ type: 'received' });
    expect(await message(child)).toEqual({ type: 'received', received: nothingReceived });
  });

  it('ends with its parent', async () => {
    const child = fork(program, ['--plain-http'], { silent: true, env });
    children.push(child);
    await message(child);
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    [['--plain-http', '--port', 'x'], {}, '--port takes a number from 0 to 65535'],
    [[], {}, 'either --tls DIR or, for demonstrations on one machine, --plain-http'],
    [
      ['--plain-http'],
      { DATABASE_URL: 'postgresql://x' },
      '--data names the folder of the uploads, the same for all processes',
    ],
  ])('says what is wrong with its arguments: %j', async (args, more, complaint) => {
    const child = spawn(process.execPath, [program, ...args], { env: { ...env, ...more } });
    children.push(child);
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(said).toBe(`${complaint}\n`);
    expect(code).toBe(2);
  });

  it('does not speak plain HTTP to other machines', async () => {
    const child = spawn(process.execPath, [program, '--plain-http', '--host', '0.0.0.0'], { env });
    children.push(child);
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(said).toBe('without TLS the platform does not listen at 0.0.0.0\n');
    expect(code).toBe(1);
  });
});
