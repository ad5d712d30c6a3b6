import { dirname, resolve } from 'node:path';
import { currentWorld } from '../electron-env.ts';
import type { World } from '../electron-env.ts';

const root = dirname(dirname(import.meta.dirname));
export const kioskFolder = root;
export const bareFolder = resolve(root, 'test/bare-window');

export interface Launch {
  /** The folder of the application: the kiosk or the bare window. */
  readonly folder: string;
  readonly dataDir: string;
  readonly configPath?: string;
  readonly size: { readonly width: number; readonly height: number };
  /** For Chromium, such as the picture its fake camera shows. */
  readonly switches?: readonly string[];
}

export const portrait = { width: 1080, height: 1920 };
export const landscape = { width: 1920, height: 1080 };

function argumentsFor(launch: Launch, world: World): string[] {
  return [
    ...world.electronArgs,
    ...(launch.switches ?? []),
    launch.folder,
    `--data=${launch.dataDir}`,
    `--window=${launch.size.width}x${launch.size.height}`,
    ...(launch.configPath === undefined ? [] : [`--config=${launch.configPath}`]),
  ];
}

/** How a person would start it, without Playwright in between. */
export async function launchCommand(
  launch: Launch,
): Promise<{ command: string; args: string[]; env: Readonly<Record<string, string>> }> {
  const world = await currentWorld();
  return { command: world.runtime.executable, args: argumentsFor(launch, world), env: world.env };
}
