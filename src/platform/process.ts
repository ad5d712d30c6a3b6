import pino from 'pino';
import { z } from 'zod';
import { createEventLog } from '../contract/log.ts';
import { readArguments } from './arguments.ts';
import { publication } from './changes.ts';
import { fault } from './faults.ts';
import { createPlatform, type Platform } from './server.ts';

/**
 * The platform as a process of its own:
 *
 *     node src/platform/process.ts --tls DIR | --plain-http [--port 0] [--host 127.0.0.1] [--data DIR] [--admin]
 *
 * Prints one line of JSON, `{"url":"https://127.0.0.1:…"}`, to stdout once it listens; logs go to stderr. The folder of
 * --tls holds `platform.pem`, `platform.key` and `devices.pem`, the authority of the kiosks' certificates; without TLS it
 * listens on this machine only. Records are in the PostgreSQL database that the environment's DATABASE_URL names, else in
 * a SQLite file in the data folder, else in memory; uploads are in the data folder. When it was forked it also sends
 * `{ type: 'ready', url }`, takes {@link Request}s and ends with its parent. Exit codes: 0 after SIGTERM or SIGINT, 1 when
 * it cannot start, 2 for wrong arguments.
 */

/** From the parent; the answers are `{ type: 'fault-set' }`, `{ type: 'received', received }` and `{ type: 'published', published }`. */
const requestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fault'), fault }),
  z.strictObject({ type: z.literal('received') }),
  z.strictObject({ type: z.literal('publish'), what: publication }),
]);

function fail(error: unknown, exitCode: number): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(exitCode);
}

async function answerParent(platform: Platform, raw: unknown): Promise<void> {
  const request = requestSchema.parse(raw);
  if (request.type === 'received') {
    process.send?.({ type: 'received', received: await platform.received() });
    return;
  }
  if (request.type === 'publish') {
    process.send?.({ type: 'published', published: await platform.publish(request.what) });
    return;
  }
  await platform.setFault(request.fault);
  process.send?.({ type: 'fault-set' });
}

const options = await readArguments(process.argv.slice(2), process.env).catch((error: unknown) => fail(error, 2));
const logger = pino(pino.destination(process.stderr.fd));
const platform = await createPlatform({
  ...options,
  clock: { now: () => new Date() },
  log: createEventLog(logger, { strict: false }),
}).catch((error: unknown) => fail(error, 1));

async function stop(): Promise<void> {
  await platform.close();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, () => void stop());
process.on('message', (message) => void answerParent(platform, message));

process.stdout.write(`${JSON.stringify({ url: platform.url })}\n`);
process.send?.({ type: 'ready', url: platform.url });
