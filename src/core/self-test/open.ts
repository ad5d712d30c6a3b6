import type { Database } from 'better-sqlite3';
import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig } from '../../contract/config.ts';
import type { EventLog } from '../../contract/log.ts';
import type { Receipt } from '../../contract/platform-api.ts';
import type { EnquiryRecords } from '../enquiry/enquiry-records.ts';
import type { PageFiles } from '../case/page-files.ts';
import type { DeviceLink } from '../device/device-link.ts';
import type { Random } from '../identifiers.ts';
import { KioskOutbox, type KioskOutboxRow } from '../outbox/kiosk-outbox.ts';
import type { QueueTickets } from '../queue/queue-tickets.ts';
import { DeviceEvents } from '../device-events/device-events.ts';
import { HandedOver } from '../reconcile/handed-over.ts';
import { testPage } from '../readiness/test-page.ts';
import { supplementDelivery } from '../supplement/send-supplement.ts';
import type { SupplementRecords } from '../supplement/supplement-records.ts';
import type { Transact } from '../store/transact.ts';
import { kioskCourier } from '../sync/kiosk-courier.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import type { Reachability } from '../sync/reachability.ts';
import { Sync } from '../sync/sync.ts';
import { DailySelfTest } from './daily.ts';
import { audioOutputs, freeBytes, isStoreSound, type Machine } from './machine.ts';
import { SelfTestRecords } from './records.ts';
import { SelfTests } from './self-tests.ts';

export interface SelfTestDeskDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly config: KioskConfig;
  readonly devices: DeviceLink;
  readonly database: Database;
  readonly transact: Transact;
  /** They go the same way as the reports. */
  readonly tickets: QueueTickets;
  /** Absent where there is no key to open them with, as in the self-test tool: they stay for the kiosk itself to send. */
  readonly enquiries?: EnquiryRecords;
  readonly supplements?: SupplementRecords;
  readonly pages?: PageFiles;
  readonly machine: Machine;
  readonly platform: PlatformClient;
  readonly reachability: Reachability;
  /** Somebody is being served: the daily test waits. */
  readonly isBusy: () => boolean;
  readonly onChange: () => void;
}

/** The self-test with all that belongs to it. */
export interface SelfTestDesk {
  readonly selfTests: SelfTests;
  readonly outbox: KioskOutbox;
  /** Sends the reports, and all else that the kiosk says of itself. */
  readonly sync: Sync<KioskOutboxRow, Receipt>;
  /** Where the configuration wants one. */
  readonly daily: DailySelfTest | undefined;
}

export function openSelfTestDesk(deps: SelfTestDeskDeps): SelfTestDesk {
  const { database, platform, tickets, enquiries, config, onChange, isBusy, clock, devices } = deps;
  const outbox = new KioskOutbox(database);
  const records = new SelfTestRecords(database);
  const kept = { tickets, enquiries, handedOver: new HandedOver(database), deviceEvents: new DeviceEvents(database) };
  const { supplements: handedIn, pages } = deps;
  const supplements = handedIn && pages && supplementDelivery({ ...deps, supplements: handedIn, pages });
  const sync = new Sync({ ...deps, outbox, courier: kioskCourier({ platform, ...kept, supplements }) });
  const onReport = () => {
    sync.wake();
    onChange();
  };
  const { kioskId, devices: configured } = config;
  const selfTests = new SelfTests({ ...deps, kioskId, configured, records, outbox, onReport });
  const wanted = config.selfTest;
  const daily =
    wanted &&
    new DailySelfTest({
      clock,
      at: wanted.at,
      selfTests,
      records,
      devices,
      isBusy,
      ...(wanted.printPage && { testPage: () => testPage('zh-CN') }),
    });
  return { selfTests, outbox, sync, daily };
}

/** The computer that this program runs on. */
export function thisMachine(database: Database, dataDir: string, { speaker }: Pick<KioskConfig, 'speaker'>): Machine {
  return {
    freeBytes: () => freeBytes(dataDir),
    isStoreSound: () => isStoreSound(database),
    audioOutputs,
    without: speaker === 'none' ? ['speaker'] : [],
  };
}
