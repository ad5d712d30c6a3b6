import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { enterWorld } from './electron-env.ts';

const world = await enterWorld({ headless: false, outputs: [] });
const application = join(import.meta.dirname, '..');
const { status } = spawnSync(world.runtime.executable, [...world.electronArgs, application], {
  env: world.env,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
