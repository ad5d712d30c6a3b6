import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

const ready = z.object({ type: z.literal('ready'), url: z.url() });
const platformProgram = join(import.meta.dirname, '../../../src/platform/process.ts');

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** A program that says `{ type: 'ready', url }` once it listens, and ends at SIGTERM. */
export async function startServer(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Server> {
  const child = fork(program, [...args], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const [message]: unknown[] = await once(child, 'message');
  return {
    url: ready.parse(message).url,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** The platform as it is in service, on SQLite unless the environment names a database, in a process of its own. */
export function startPlatform(folder: string, databaseUrl?: string): Promise<Server> {
  const { DATABASE_URL: _other, ...env } = process.env;
  const database = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
  return startServer(platformProgram, ['--plain-http', '--data', folder], { ...env, ...database });
}
