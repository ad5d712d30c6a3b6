import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import type { DockDoor } from '../../scripts/hall/dock-door.ts';
import { Hall } from '../../scripts/hall/hall.ts';
import type { HallOptions } from '../../scripts/hall/hall.ts';
import type { EventName } from '../../src/contract/log-events.ts';
import { kioskFolder, portrait } from '../../scripts/hall/launch.ts';
import type { Launch } from '../../scripts/hall/launch.ts';
import { untilLogged } from '../../scripts/hall/logged.ts';
import { launchElectron } from '../drive/electron.ts';
import { hiddenWords, personNames, phone } from '../drive/people.ts';
import { onPage } from '../drive/visit.ts';
import { findWords } from './outputs.ts';

export { expect } from '@playwright/test';

type Fields = Readonly<Record<string, unknown>>;

export interface Kiosk {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly hall: Hall;
  readonly launch: Launch;
  /** Where a simulator dock would come in. */
  readonly door: DockDoor | undefined;
  /** Resolves once such an event was logged so often by any process since the hall was opened. */
  readonly logged: (event: EventName, fields?: Fields, times?: number) => Promise<void>;
}

interface Options {
  /** What differs from the demonstration hall. */
  readonly hallOptions: Partial<HallOptions>;
  readonly size: Launch['size'];
  /** The kiosk, or its demo build. */
  readonly folder: string;
  /** Whether it is told where the simulators are. */
  readonly simulators: boolean;
  /** How many fake cameras Chromium has. */
  readonly cameras: number;
  /** The page that shows once the kiosk has started. */
  readonly opensWith: 'home' | 'out-of-service';
  /** For tests that provoke the content policy on purpose; everywhere else a violation fails the test. */
  readonly provokesPolicy: boolean;
  /** Changes the hall before the kiosk starts: breaks the configuration, stops the platform. In an object, since Playwright would take a bare function for a fixture. */
  readonly before: { readonly start: (hall: Hall) => Promise<void> };
}
interface Fixtures extends Options {
  readonly hall: Hall;
  readonly kiosk: Kiosk;
}

/** A hall with its kiosk, started anew for each test, in real Electron with real terminals. */
export const test = base.extend<Fixtures>({
  hallOptions: [{}, { option: true }],
  size: [portrait, { option: true }],
  folder: [kioskFolder, { option: true }],
  simulators: [false, { option: true }],
  cameras: [1, { option: true }],
  opensWith: ['home', { option: true }],
  provokesPolicy: [false, { option: true }],
  before: [{ start: async () => undefined }, { option: true }],
  hall: async ({ hallOptions }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'kiosk-hall-'));
    const hall = await Hall.open({ folder, ptys: true, ...hallOptions });
    await use(hall);
    await hall.close();
    // Of whatever a test did, no log may tell who was there.
    const secrets = [phone, ...personNames.flatMap((name) => hiddenWords(name))];
    base.expect(await findWords(join(hall.dataDir, 'logs'), secrets)).toEqual([]);
    await rm(folder, { recursive: true, force: true });
  },
  kiosk: async ({ hall, size, folder, simulators, cameras, opensWith, provokesPolicy, before }, use) => {
    await before.start(hall);
    const door = simulators ? await hall.openDock() : undefined;
    const launch: Launch = {
      folder,
      dataDir: hall.dataDir,
      configPath: hall.configPath,
      size,
      ...(door ? { simulators: door.path } : {}),
      switches: [`--use-fake-device-for-media-stream=device-count=${cameras}`],
    };
    const app = await launchElectron(launch);
    let closed = false;
    app.once('close', () => {
      closed = true;
    });
    const page = await app.firstWindow();
    const violations: string[] = [];
    page.on('console', (message) => {
      // Electron's own security warnings and refusals by the policy are defects of ours, whoever causes them.
      if (/Electron Security Warning|Content Security Policy/.test(message.text())) violations.push(message.text());
    });
    await onPage(page, opensWith);
    await use({
      app,
      page,
      hall,
      launch,
      door,
      logged: (event, fields = {}, times = 1) => untilLogged(join(hall.dataDir, 'logs'), { event, fields, times }),
    });
    if (!closed) await app.close();
    if (!provokesPolicy) base.expect(violations).toEqual([]);
  },
});
