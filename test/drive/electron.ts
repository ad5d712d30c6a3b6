import { _electron } from '@playwright/test';
import type { ElectronApplication } from '@playwright/test';
import { launchCommand } from '../../scripts/hall/launch.ts';
import type { Launch } from '../../scripts/hall/launch.ts';

/** Starts the real thing under Playwright, with Chromium's sandbox on as everywhere. */
export async function launchElectron(launch: Launch): Promise<ElectronApplication> {
  const { command, args, env } = await launchCommand(launch);
  return _electron.launch({ executablePath: command, chromiumSandbox: true, args, env: { ...env } });
}
