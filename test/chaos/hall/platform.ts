import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { childEnvironment } from './kiosk.ts';

const program = join(import.meta.dirname, '../../../src/platform/process.ts');
const ready = z.object({ type: z.literal('ready'), url: z.url() });

/** As far as it is compared with what citizens were told. */
const arrived = z.object({
  cases: z
    .array(
      z.object({
        id: z.string(),
        kioskId: z.string(),
        provisionalNumber: z.string(),
        officialNumber: z.string(),
        receiptCode: z.string(),
        materials: z.array(z.object({ pages: z.array(z.object({ id: z.string(), sha256: z.string() })) })),
      }),
    )
    .readonly(),
  scans: z.array(z.object({ id: z.string(), caseId: z.string(), sha256: z.string(), bytes: z.number() })).readonly(),
  ratings: z.array(z.object({ caseId: z.string(), level: z.string() })).readonly(),
  replays: z.number(),
});
const answer = z.object({ type: z.literal('received'), received: arrived });
export type Arrived = z.infer<typeof arrived>;

/** The central platform as a process of its own, over plain HTTP; can be killed and started again on what it has. */
export class PlatformProcess {
  readonly #folder: string;
  readonly #databaseUrl: string | undefined;
  #child: ChildProcess | undefined;
  #port = 0;

  /** @param databaseUrl of a PostgreSQL database; without it the records are in the folder as well */
  constructor(folder: string, databaseUrl?: string) {
    this.#folder = folder;
    this.#databaseUrl = databaseUrl;
  }

  /** The port stays the same over all of its lives. */
  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<this> {
    const child = fork(program, ['--plain-http', '--data', this.#folder, '--port', String(this.#port)], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...childEnvironment, DATABASE_URL: this.#databaseUrl ?? '' },
    });
    this.#child = child;
    const gone = once(child, 'exit').then(() => {
      throw new Error('the platform did not start');
    });
    const [message]: unknown[] = await Promise.race([once(child, 'message'), gone]);
    this.#port = Number(new URL(ready.parse(message).url).port);
    return this;
  }

  async received(): Promise<Arrived> {
    const child = this.#child;
    if (!child) throw new Error('the platform is not running');
    child.send({ type: 'received' });
    const [message]: unknown[] = await once(child, 'message');
    return answer.parse(message).received;
  }

  /** As a power cut ends it. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
