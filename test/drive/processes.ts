import type { ElectronApplication } from '@playwright/test';

export type ProcessName = 'core' | 'devices' | 'page' | 'gpu';

/** The process of that name as it is now; a new one has another id. */
export async function processId(app: ElectronApplication, name: ProcessName): Promise<number> {
  const pid = await app.evaluate(({ app: application, BrowserWindow }, wanted) => {
    if (wanted === 'page') return BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId();
    return application.getAppMetrics().find((one) => (wanted === 'gpu' ? one.type === 'GPU' : one.name === wanted))
      ?.pid;
  }, name);
  if (pid === undefined) throw new Error(`there is no process ${name}`);
  return pid;
}

/** A signal to one process: SIGKILL ends it without a word, SIGSEGV as a crash of native code does, SIGSTOP makes it hang. */
export async function signal(
  app: ElectronApplication,
  name: ProcessName,
  kind: 'SIGKILL' | 'SIGSEGV' | 'SIGSTOP',
): Promise<void> {
  process.kill(await processId(app, name), kind);
}
