import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { Hall } from '../../scripts/hall/hall.ts';
import { kioskFolder, portrait } from '../../scripts/hall/launch.ts';
import { launchElectron } from '../drive/electron.ts';
import { onPage } from '../drive/visit.ts';

export interface Stage {
  readonly hall: Hall;
  readonly app: ElectronApplication;
  readonly page: Page;
}

/** Opens a hall with its kiosk on the home page, lends both out, and closes them. */
export async function onStage<T>(folder: string, use: (stage: Stage) => Promise<T>): Promise<T> {
  const hall = await Hall.open({ folder: join(folder, 'hall'), ptys: true, actions: {} });
  try {
    const { dataDir, configPath } = hall;
    const switches = ['--use-fake-device-for-media-stream'];
    const app = await launchElectron({ folder: kioskFolder, dataDir, configPath, size: portrait, switches });
    try {
      const page = await app.firstWindow();
      await onPage(page, 'home');
      return await use({ hall, app, page });
    } finally {
      await app.close();
    }
  } finally {
    await hall.close();
  }
}

/** What the visits of the benches answer. */
export const item = '11990101MB000001934990500001000';
export const answers = {
  applicant: 'self',
  'age-band': '80-to-89',
  household: 'long-settled',
  payment: 'social-card',
  phone: '13900000000',
  monthlyIncome: '1800',
  livesAlone: 'yes',
};
