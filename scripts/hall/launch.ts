import { dirname, resolve } from 'node:path';
import { currentWorld } from '../electron-env.ts';
import type { World } from '../electron-env.ts';

const root = dirname(dirname(import.meta.dirname));
export const kioskFolder = root;
/** The demo build: the kiosk, and beside it a simulator dock where it is told of simulators. */
export const demoFolder = resolve(root, 'out-dock');
export const bareFolder = resolve(root, 'test/bare-window');

export interface Launch {
  /** The folder of the application: the kiosk, its demo build or the bare window. */
  readonly folder: string;
  readonly dataDir: string;
  readonly configPath?: string;
  readonly size: { readonly width: number; readonly height: number };
  /** Where the hall lets the simulator dock in: `path` of its door. */
  readonly simulators?: string;
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
    ...(launch.simulators === undefined ? [] : [`--simulators=${launch.simulators}`]),
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
