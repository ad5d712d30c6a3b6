import { fileURLToPath } from 'node:url';

import { probeMs } from './limits.ts';
import { runCommand } from './run-command.ts';

/** What a runtime says of itself. */
export type RuntimeVersions = { readonly electron: string; readonly node: string; readonly nodeApi: number };

type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

function asNode(executable: string, args: readonly string[]) {
  return runCommand(executable, args, { limitMs: probeMs, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
}

/** Starts the runtime once, without a window, and asks for its versions. A missing system library shows here. */
export async function askVersions(executable: string): Promise<Answer<RuntimeVersions>> {
  const marker = 'runtime-versions ';
  const outcome = await asNode(executable, ['-p', `'${marker}' + JSON.stringify(process.versions)`]);
  if (!outcome.ok) return outcome;
  const line = outcome.output.split('\n').find((text) => text.startsWith(marker));
  if (line === undefined) return { ok: false, reason: 'it did not answer (is its RunAsNode fuse off?)' };
  const versions: Record<string, string> = JSON.parse(line.slice(marker.length));
  const { electron, node, napi } = versions;
  if (electron === undefined || node === undefined || napi === undefined)
    return { ok: false, reason: 'it is no Electron' };
  return { ok: true, value: { electron, node, nodeApi: Number.parseInt(napi, 10) } };
}

/**
 * Opens a database inside the runtime and works with it. In a process of its own, since a wrong binding does not throw
 * but takes its process down.
 *
 * @param binding path of the compiled addon; none means the one inside the package
 */
export async function trySqlite(executable: string, binding: string | undefined): Promise<Answer<string>> {
  const script = fileURLToPath(new URL('./probe-sqlite.cjs', import.meta.url));
  const outcome = await asNode(executable, binding === undefined ? [script] : [script, binding]);
  if (!outcome.ok) return outcome;
  const version = /^sqlite (\S+)$/m.exec(outcome.output)?.[1];
  return version === undefined ? { ok: false, reason: 'it gave no result' } : { ok: true, value: version };
}
