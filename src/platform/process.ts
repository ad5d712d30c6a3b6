import { parseArgs } from 'node:util';
import pino from 'pino';
import { z } from 'zod';
import { createEventLog } from '../contract/log.ts';
import { fault } from './faults.ts';
import { createPlatform, type Platform } from './server.ts';

/**
 * The platform as a process of its own:
 *
 *     node src/platform/process.ts [--port 0] [--host 127.0.0.1] [--data DIR] [--admin]
 *
 * Prints one line of JSON, `{"url":"http://127.0.0.1:…"}`, to stdout once it listens; logs go to stderr. Without --data
 * everything is kept in memory. When it was forked it also sends `{ type: 'ready', url }`, takes {@link Request}s and
 * ends with its parent. Exit codes: 0 after SIGTERM or SIGINT, 1 when it cannot start, 2 for wrong arguments.
 */

/** From the parent; the answers are `{ type: 'fault-set' }` and `{ type: 'received', received }`. */
const requestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fault'), fault }),
  z.strictObject({ type: z.literal('received') }),
]);

function readArguments() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      admin: { type: 'boolean', default: false },
    },
  });
  const port = z.coerce.number().int().min(0).max(65_535).safeParse(values.port);
  if (!port.success) throw new Error('--port takes a number from 0 to 65535');
  return { ...values, port: port.data };
}

function fail(error: unknown, exitCode: number): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(exitCode);
}

async function answerParent(platform: Platform, raw: unknown): Promise<void> {
  const request = requestSchema.parse(raw);
  if (request.type === 'received') {
    process.send?.({ type: 'received', received: platform.received() });
    return;
  }
  await platform.setFault(request.fault);
  process.send?.({ type: 'fault-set' });
}

let options: ReturnType<typeof readArguments>;
try {
  options = readArguments();
} catch (error) {
  fail(error, 2);
}

const logger = pino(pino.destination(process.stderr.fd));
const platform = await createPlatform({
  clock: { now: () => new Date() },
  log: createEventLog(logger, { strict: false }),
  host: options.host,
  port: options.port,
  admin: options.admin,
  ...(options.data !== undefined && { dataDir: options.data }),
}).catch((error: unknown) => fail(error, 1));

async function stop(): Promise<void> {
  await platform.close();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, () => void stop());
process.on('message', (message) => void answerParent(platform, message));

process.stdout.write(`${JSON.stringify({ url: platform.url })}\n`);
process.send?.({ type: 'ready', url: platform.url });
