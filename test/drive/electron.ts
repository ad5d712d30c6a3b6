import { _electron, errors } from '@playwright/test';
import type { ElectronApplication } from '@playwright/test';
import { launchCommand } from '../../scripts/hall/launch.ts';
import type { Launch } from '../../scripts/hall/launch.ts';

/** The application is up after one or two seconds, also on a busy machine; Playwright ends what it could not attach to. */
const ATTACH_LIMIT_MS = 15_000;
const ATTACH_TRIES = 3;

/**
 * Starts the real thing under Playwright, with Chromium's sandbox on as everywhere. About once in fifty starts on a busy
 * machine Playwright 1.65 connects to both debugging sockets of an Electron that is up and serving, and then waits for
 * ever for its main script's context; so attaching, and nothing else, is tried again.
 */
export async function launchElectron(launch: Launch): Promise<ElectronApplication> {
  const { command, args, env } = await launchCommand(launch);
  for (let tried = 1; ; tried += 1) {
    try {
      return await _electron.launch({
        executablePath: command,
        chromiumSandbox: true,
        args,
        env: { ...env },
        timeout: ATTACH_LIMIT_MS,
      });
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || tried === ATTACH_TRIES) throw error;
    }
  }
}
