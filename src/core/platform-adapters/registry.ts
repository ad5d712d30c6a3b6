import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig } from '../../contract/config.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { CaseRecords } from '../case/case-records.ts';
import type { LiveCatalogue } from '../catalogue/live-catalogue.ts';
import type { IncomingChanges } from '../down-link/incoming-changes.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import type { PlatformFetch } from '../sync/platform-fetch.ts';

/** What an adapter may use of this kiosk. */
export interface AdapterDeps {
  readonly clock: Clock;
  readonly kioskId: string;
  readonly cases: Pick<CaseRecords, 'get' | 'find'>;
  readonly incoming: Pick<IncomingChanges, 'about'>;
  readonly catalogue: Pick<LiveCatalogue, 'items'>;
  /** Longest time for one request with its answer. */
  readonly limitsMs: { readonly write: number; readonly ask: number };
}

/**
 * What a system has no form for, whereas core's calls have one. Nothing of it keeps a person from anything; docs/platform.md
 * says what they see instead.
 */
export type Lack =
  /** A page that was cut off goes on from there; without that it goes anew, as one request. */
  | 'page-resumption'
  /** A bad level that its person gave no reason for; without that it is refused as `reason-missing`. */
  | 'bad-level-alone'
  /** The steps of a case, its next last day and the rules of a decision on the spot; without that its stage alone. */
  | 'course-of-a-case';

/**
 * Gives the platform that core speaks to, out of the one that this project brings. An adapter takes over the calls that
 * its system has an interface for and leaves the rest as it is: systems are connected first and replaced later.
 */
export interface Adapter {
  readonly name: 'own' | 'national';
  readonly lacks: readonly Lack[];
  adapt(own: PlatformClient, deps: AdapterDeps): PlatformClient;
}

/** What each one's system lacks. */
export const adapterLacks: Readonly<Record<Adapter['name'], readonly Lack[]>> = {
  own: [],
  national: ['page-resumption', 'bad-level-alone', 'course-of-a-case'],
};

/**
 * The adapter that the configuration names: `own`, which is our platform alone, or `national`. Its code, and its
 * algorithms, are loaded where it is used only.
 *
 * @param folder what the paths of the configuration start from
 */
export async function chooseAdapter(
  { platform: { national } }: Pick<KioskConfig, 'platform'>,
  folder: string,
  fetch: PlatformFetch,
): Promise<Result<Adapter, 'config-unreadable'>> {
  if (!national) return done({ name: 'own', lacks: adapterLacks.own, adapt: (own) => own });
  let secrets: readonly string[];
  try {
    secrets = await Promise.all(
      [national.appWord, national.key].map(async (path) => (await readFile(resolve(folder, path), 'utf8')).trim()),
    );
  } catch (error) {
    return refused('config-unreadable', error instanceof Error ? error.message : 'platform.national');
  }
  const [appWord = '', key = ''] = secrets;
  if (!/^[0-9a-f]{64}$/.test(key)) return refused('config-unreadable', 'platform.national.key is no key of 64 digits');
  const { createNationalClient } = await import('./national-client.ts');
  return done({
    name: 'national',
    lacks: adapterLacks.national,
    adapt: (own, deps) => createNationalClient(own, { ...deps, ...national, appWord, key, fetch }),
  });
}
