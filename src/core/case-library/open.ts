import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig } from '../../contract/config.ts';
import type { EventLog } from '../../contract/log.ts';
import { done, type Result } from '../../domain/result.ts';
import type { Random } from '../identifiers.ts';
import { LIBRARY_BEHIND_MS, PLATFORM_QUICK_LIMIT_MS, PLATFORM_REQUEST_LIMIT_MS } from '../limits.ts';
import type { LibraryDeliveries } from '../outbox/library-deliveries.ts';
import type { Notice } from '../status/notices.ts';
import type { Transact } from '../store/transact.ts';
import { caseCourier, type CaseArrival, type CaseCourierDeps } from '../sync/case-courier.ts';
import type { OutboxRow } from '../outbox/outbox.ts';
import { createPlatformClient } from '../sync/platform-client.ts';
import { platformConnection } from '../sync/platform-connection.ts';
import type { PlatformFetch } from '../sync/platform-fetch.ts';
import { Reachability } from '../sync/reachability.ts';
import { Sync } from '../sync/sync.ts';

export interface CaseLibraryDeps extends Omit<CaseCourierDeps, 'outbox' | 'platform'> {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly library: LibraryDeliveries;
  readonly onChange: () => void;
}

/** How a kiosk reaches its case library. */
export interface LibraryConnection {
  readonly url: string;
  readonly fetch: PlatformFetch;
}

/** The way to the case library: a line, a breaker and a pace of its own, so that neither target waits for the other. */
export interface CaseLibrary {
  readonly reachability: Reachability;
  readonly sync: Sync<OutboxRow, CaseArrival>;
}

/** It speaks the platform's contract. What it says to a record is only that it has it: numbers are the platform's. */
export function openCaseLibrary(deps: CaseLibraryDeps, { url, fetch }: LibraryConnection): CaseLibrary {
  const { clock, library, onChange } = deps;
  const target = 'case-library';
  const limitsMs = { write: PLATFORM_REQUEST_LIMIT_MS, ask: PLATFORM_QUICK_LIMIT_MS };
  const platform = createPlatformClient({ url, fetch, clock, limitsMs, onVersionGap: onChange });
  const reachability = new Reachability({ ...deps, platform, target });
  const cases = caseCourier({ ...deps, outbox: library, platform });
  const courier: typeof cases = { send: (row, signal) => cases.send(row, signal), arrived: () => undefined };
  return { reachability, sync: new Sync({ ...deps, outbox: library, courier, reachability, target }) };
}

/** What staff have to know: records wait for a library that the configuration does not name any more, or for days. */
export function libraryNotices(deliveries: LibraryDeliveries, isConfigured: boolean, now: Date): Notice[] {
  const { cases, oldest } = deliveries.backlog();
  if (!isConfigured) {
    const { waiting } = deliveries.counts();
    return waiting === 0 ? [] : [{ kind: 'case-library-missing', detail: `${waiting}` }];
  }
  const isBehind = oldest !== undefined && now.getTime() - Date.parse(oldest) > LIBRARY_BEHIND_MS;
  return isBehind ? [{ kind: 'case-library-behind', detail: `${cases}, ${oldest}` }] : [];
}

/** The way to it, where the configuration names one. */
export async function libraryConnection(
  { kioskId, caseLibrary }: KioskConfig,
  folder: string,
  fetch: PlatformFetch,
): Promise<Result<LibraryConnection | undefined, 'config-unreadable'>> {
  if (!caseLibrary) return done(undefined);
  const connection = await platformConnection({ kioskId, platform: caseLibrary }, folder, fetch);
  return connection.ok ? done({ url: caseLibrary.url, fetch: connection.value }) : connection;
}
