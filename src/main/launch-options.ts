import { parseArgs } from 'node:util';

/** How the application was started. Everything about the hall itself stands in the configuration file. */
export interface LaunchOptions {
  /** Where the kiosk keeps its data, logs and key; Electron's own place for the user when absent. */
  readonly dataDir?: string;
  /** The kiosk's configuration file; `kiosk.json` in the data folder when absent. */
  readonly configPath?: string;
  /** A new device key is taken from this start on. */
  readonly rotateKey?: true;
  /** A window of this size in place of the full screen, for a desk. */
  readonly window?: { readonly width: number; readonly height: number };
}

/** Reads our own arguments and passes over those meant for Chromium. */
export function parseLaunchOptions(argv: readonly string[]): LaunchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      config: { type: 'string' },
      data: { type: 'string' },
      window: { type: 'string' },
      'rotate-key': { type: 'boolean' },
    },
    strict: false,
    allowPositionals: true,
  });
  const size = typeof values.window === 'string' ? /^(\d{3,4})x(\d{3,4})$/.exec(values.window) : null;
  return {
    ...(typeof values.data === 'string' ? { dataDir: values.data } : {}),
    ...(typeof values.config === 'string' ? { configPath: values.config } : {}),
    ...(values['rotate-key'] === true ? { rotateKey: true } : {}),
    ...(size ? { window: { width: Number(size[1]), height: Number(size[2]) } } : {}),
  };
}
