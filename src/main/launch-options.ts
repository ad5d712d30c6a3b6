import { parseArgs } from 'node:util';

/** How the application was started. Everything about the hall itself stands in the configuration file. */
export interface LaunchOptions {
  /** The kiosk's configuration file. */
  readonly configPath: string;
  /** A window of this size in place of the full screen, for a desk. */
  readonly window?: { readonly width: number; readonly height: number };
}

/** Reads our own arguments and ignores those meant for Chromium. `fallbackConfig` is used when none is named. */
export function parseLaunchOptions(argv: readonly string[], fallbackConfig: string): LaunchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: { config: { type: 'string' }, window: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const configPath = typeof values.config === 'string' ? values.config : fallbackConfig;
  const size = typeof values.window === 'string' ? /^(\d{3,4})x(\d{3,4})$/.exec(values.window) : null;
  return size ? { configPath, window: { width: Number(size[1]), height: Number(size[2]) } } : { configPath };
}
