import { parseArgs } from 'node:util';
import { app } from 'electron';
import { openDock } from './dock-window.ts';

/**
 * The simulator dock: a second window, with buttons for what can happen at the simulated devices. The demo build is the
 * kiosk's own build as it stands, with this beside it; nothing of the kiosk knows of the dock.
 */
const { values } = parseArgs({
  args: process.argv.slice(1),
  options: { simulators: { type: 'string' } },
  strict: false,
  allowPositionals: true,
});
const door = values.simulators;

if (typeof door === 'string') {
  app.once('browser-window-created', (_event, kiosk) => {
    kiosk.once('ready-to-show', () => {
      openDock(kiosk, door).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        process.stderr.write(`The simulator dock does not open: ${why}\n`);
      });
    });
  });
}
