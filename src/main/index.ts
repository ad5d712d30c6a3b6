import { join, resolve } from 'node:path';
import { Menu, MessageChannelMain, app, powerSaveBlocker, protocol, session } from 'electron';
import type { BrowserWindow } from 'electron';
import { pageChannels } from '../contract/page-channels.ts';
import type { StartMessage } from '../contract/process-messages.ts';
import { describeBug } from '../contract/technical.ts';
import { appScheme, createAppHandler } from './app-scheme.ts';
import { confinePages } from './confinement.ts';
import { loadDeviceKey, settleDeviceKey } from './device-key.ts';
import { parseLaunchOptions } from './launch-options.ts';
import { readHall } from './hall.ts';
import { LateLog } from './late-log.ts';
import { PROCESSES_START_LATEST, SHUTDOWN } from './limits.ts';
import { guardPage } from './page-guard.ts';
import { CameraGate, denyByDefault } from './permissions.ts';
import { createPageIpc } from './sender.ts';
import { SupervisedProcess } from './supervised-process.ts';
import { loadFreshHome, loadHome, openWindow } from './window.ts';

/** Exit code of a start while another kiosk runs on the same data. */
const ALREADY_RUNNING = 3;

const here = import.meta.dirname;
const options = parseLaunchOptions(process.argv.slice(1));
if (options.dataDir !== undefined) app.setPath('userData', resolve(options.dataDir));
const dataDir = app.getPath('userData');
const configPath = resolve(options.configPath ?? join(dataDir, 'kiosk.json'));
const logDir = join(dataDir, 'logs');

if (app.requestSingleInstanceLock()) run();
else {
  process.stderr.write(
    '终端程序已在运行，本次启动取消。 The kiosk is already running on this data folder; this start was cancelled.\n',
  );
  app.exit(ALREADY_RUNNING);
}

function run(): void {
  const lateLog = new LateLog(async () => (await import('./log.ts')).openShellLog(logDir, !app.isPackaged));
  const { log } = lateLog;
  const refused = (what: string) => log('shell.refused', { what });
  const camera = new CameraGate(() => Date.now());

  protocol.registerSchemesAsPrivileged([appScheme]);
  // The pages ask the network for nothing: a process for it, which has no sandbox on Linux anyway, would only take memory.
  app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2');
  // Of the pages, core and devices: what lives shortly is collected at 1 MB instead of 16, which takes 13 MB off the three.
  app.commandLine.appendSwitch('js-flags', '--max-semi-space-size=1');
  Menu.setApplicationMenu(null);
  app.enableSandbox();
  confinePages(app, refused);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log('shell.bug', describeBug(error));
      void startOver();
    });
  }
  const startOver = async () => {
    // Also when the log cannot be opened: that is what only a new application can mend.
    await Promise.allSettled([lateLog.open()]);
    app.relaunch();
    app.exit(1);
  };

  let window: BrowserWindow | undefined;
  let processes: { readonly core: SupervisedProcess; readonly devices: SupervisedProcess } | undefined;
  /** The page asked for core while there was none: it gets the next one. */
  let pageWaits = false;
  let quitting = false;
  const reload = () => {
    if (window && !window.isDestroyed()) void loadHome(window).catch(() => refused('load'));
  };
  app.on('second-instance', () => {
    log('shell.second-instance', {});
    window?.focus();
  });
  app.on('child-process-gone', (_event, details) =>
    log('shell.child-gone', { type: details.type, reason: details.reason }),
  );
  app.on('window-all-closed', () => app.quit());

  const joinPage = () => {
    const core = processes?.core;
    pageWaits = !core?.running;
    if (!core?.running || !window || window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    core.give('page', port1);
    window.webContents.postMessage(pageChannels.port, null, [port2]);
  };
  const startProcesses = () => {
    if (processes || quitting) return;
    const values: StartMessage = { type: 'start', configPath, dataDir, logDir, appVersion: app.getVersion() };
    const coreValues = async (): Promise<StartMessage> => {
      const { key, former, kept } = await loadDeviceKey(dataDir, options.rotateKey === true);
      log('shell.device-key', { kept });
      const binding = process.env['KIOSK_SQLITE_BINDING'];
      return {
        ...values,
        deviceKey: key,
        ...(former ? { formerDeviceKey: former } : {}),
        ...(binding ? { sqliteBinding: binding } : {}),
      };
    };
    const watched = (name: 'core' | 'devices', start: Promise<StartMessage>): SupervisedProcess =>
      new SupervisedProcess(name, join(here, `${name}.js`), start, {
        onReady: () => log('shell.process-ready', { name }),
        onFormerKeyUnused: () => void settleDeviceKey(dataDir).then(() => log('shell.device-key-rotated', {})),
        onLost: (cause, code, pause) => {
          log('shell.process-lost', { name, cause, code: code ?? -1, pause });
          // The visit lived in core: the page starts over with the new one.
          if (name === 'core') reload();
        },
        onStarted: () => {
          if (name === 'core' && pageWaits) joinPage();
          if (!core.running || !devices.running) return;
          const { port1, port2 } = new MessageChannelMain();
          core.give('devices', port1);
          devices.give('core', port2);
        },
      });
    const core = watched('core', coreValues());
    const devices = watched('devices', Promise.resolve(values));
    processes = { core, devices };
    core.run();
    devices.run();
    void lateLog.open();
  };

  void app.whenReady().then(async () => {
    log('shell.started', { version: app.getVersion(), electron: process.versions.electron ?? '' });
    const ipc = createPageIpc(
      () => window?.webContents,
      (channel) => refused(`ipc:${channel}`),
    );
    ipc.on(pageChannels.connect, joinPage);
    // The first frame and nothing beside it: two processes that load their code at the same time would hold it up, and
    // with it the first press. They do not depend on the page, though.
    ipc.on(pageChannels.drawn, startProcesses);
    setTimeout(startProcesses, PROCESSES_START_LATEST);
    ipc.handle(pageChannels.armCamera, () => camera.arm());
    ipc.on(pageChannels.renew, () => {
      if (window) void loadFreshHome(window).catch(() => refused('load'));
    });
    app.once('before-quit', (event) => {
      event.preventDefault();
      quitting = true;
      const late = new Promise<void>((end) => {
        setTimeout(end, SHUTDOWN);
      });
      void Promise.race([Promise.all([processes?.core.stop(), processes?.devices.stop(), lateLog.open()]), late]).then(
        () => app.exit(0),
      );
    });

    denyByDefault(session.defaultSession, camera, refused);
    const answer = createAppHandler(join(here, '../renderer'));
    protocol.registerBufferProtocol(appScheme.scheme, (request, reply) => {
      void (async () => reply(await answer(request)))();
    });
    window = openWindow(options, join(here, '../preload/index.cjs'), readHall(configPath));
    guardPage(window, ipc, reload, {
      onLost: (cause) => log('shell.page-lost', { cause }),
      onHopeless: () => {
        log('shell.page-hopeless', {});
        void startOver();
      },
    });
    await loadHome(window);
    powerSaveBlocker.start('prevent-display-sleep');
  });
}
