import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Clock } from '../contract/clock.ts';
import { parseKioskConfig, type KioskConfig } from '../contract/config.ts';
import type { EventLog } from '../contract/log.ts';
import type { StartMessage } from '../contract/process-messages.ts';
import type { OutOfService } from '../contract/visit-view.ts';
import type { AddDays } from '../domain/legal-clock.ts';
import { done, refused, type Result } from '../domain/result.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { ClockDrift } from './audit/clock-drift.ts';
import { watchClock } from './audit/watch-clock.ts';
import { auditConfig } from './audit/config-change.ts';
import { libraryConnection, openCaseLibrary, type CaseLibrary, type LibraryConnection } from './case-library/open.ts';
import { CaseRecords } from './case/case-records.ts';
import { PageFiles } from './case/page-files.ts';
import { Catalogue } from './catalogue/catalogue.ts';
import { CataloguePull } from './catalogue/catalogue-pull.ts';
import { LiveCatalogue } from './catalogue/live-catalogue.ts';
import { loadCatalogue } from './catalogue/load-catalogue.ts';
import { PulledStore } from './catalogue/pulled-store.ts';
import type { DeviceLink } from './device/device-link.ts';
import { DownLink } from './down-link/down-link.ts';
import { IncomingChanges } from './down-link/incoming-changes.ts';
import { DeviceEvents } from './device-events/device-events.ts';
import { DeviceReporter } from './device-events/device-reporter.ts';
import { takeUpEvents } from './device-events/send-event.ts';
import { EnquiryRecords } from './enquiry/enquiry-records.ts';
import { hallDay, hallTime } from './hall-time.ts';
import type { Random } from './identifiers.ts';
import { PLATFORM_QUICK_LIMIT_MS, PLATFORM_REQUEST_LIMIT_MS } from './limits.ts';
import { FoundItems } from './left-items/found-items.ts';
import { LeftCard } from './device/left-card.ts';
import { LeftItems } from './left-items/left-items.ts';
import { judgeBacklog, type BacklogView } from './outbox/backlog.ts';
import { KioskOutbox } from './outbox/kiosk-outbox.ts';
import { LibraryDeliveries } from './outbox/library-deliveries.ts';
import { Outbox, type OutboxRow } from './outbox/outbox.ts';
import { ParkedRecords } from './outbox/parked-records.ts';
import { Renewal } from './renewal.ts';
import { chooseAdapter, type Adapter } from './platform-adapters/registry.ts';
import { PrintJobs } from './receipt/print-jobs.ts';
import { openQueueDesk, type QueueDesk } from './queue/desk.ts';
import { sendTicket } from './queue/take-ticket.ts';
import { HandedOver } from './reconcile/handed-over.ts';
import { Reconciler } from './reconcile/reconciler.ts';
import { openWithNewest, type ChosenConfig } from './remote-config/choose-config.ts';
import { ConfigKeeper } from './remote-config/config-keeper.ts';
import { RemoteConfigs } from './remote-config/remote-configs.ts';
import { openSelfTestDesk, thisMachine, type SelfTestDesk } from './self-test/open.ts';
import { DiskHealth } from './store/disk-health.ts';
import { Erasure } from './store/erasure.ts';
import { CatalogueSearch } from './catalogue/catalogue-search.ts';
import { Visits } from './session/visits.ts';
import { WipeRecords } from './session/wipe-records.ts';
import { StaffActions } from './staff/staff-actions.ts';
import { StaffDesk } from './staff/staff-desk.ts';
import { Notices } from './status/notices.ts';
import { SupplementRecords } from './supplement/supplement-records.ts';
import { mend } from './store/mend.ts';
import { openStore, settleSalvage, STORE_FILE, type OpenedStore } from './store/open-store.ts';
import type { KeyRing } from './store/key-ring.ts';
import { openKeyRing } from './store/open-key-ring.ts';
import { rotateKeys } from './store/rotate-keys.ts';
import type { Seal } from './store/seal.ts';
import { createTransact, type Transact } from './store/transact.ts';
import { caseCourier, type CaseArrival } from './sync/case-courier.ts';
import { platformConnection } from './sync/platform-connection.ts';
import type { PlatformFetch } from './sync/platform-fetch.ts';
import { createPlatformClient, type PlatformClient } from './sync/platform-client.ts';
import { Reachability } from './sync/reachability.ts';
import { Sync } from './sync/sync.ts';

export type StartValues = Omit<StartMessage, 'type' | 'logDir'>;

/** What enters from outside: time, random, network, log, devices. */
export interface SystemDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: PlatformFetch;
  readonly log: EventLog;
  readonly devices: DeviceLink;
  /** A bug was met: the process has to end and be started anew. */
  readonly onBug: (error: unknown) => void;
  /** Ends this process on purpose, nobody being there, for the next one to start on what changed or with empty memory. */
  readonly restart: () => void;
  /** The calendar of working days. */
  readonly addWorkingDays: AddDays;
}

/** Everything that serving people needs, once all of it could be opened. */
export interface Service extends SystemDeps {
  readonly config: KioskConfig;
  readonly catalogue: LiveCatalogue;
  readonly cataloguePull: CataloguePull;
  readonly transact: Transact;
  readonly audit: AuditTrail;
  readonly cases: CaseRecords;
  readonly outbox: Outbox;
  readonly pages: PageFiles;
  readonly keys: KeyRing;
  readonly seal: Seal;
  readonly visits: Visits;
  readonly jobs: PrintJobs;
  readonly notices: Notices;
  readonly clockDrift: ClockDrift;
  readonly incoming: IncomingChanges;
  readonly enquiries: EnquiryRecords;
  readonly supplements: SupplementRecords;
  readonly downLink: DownLink;
  readonly configKeeper: ConfigKeeper;
  readonly reconciler: Reconciler;
  readonly platform: PlatformClient;
  readonly reachability: Reachability;
  readonly sync: Sync<OutboxRow, CaseArrival>;
  readonly library: LibraryDeliveries;
  readonly parked: ParkedRecords;
  /** Where the configuration names one. */
  readonly caseLibrary: CaseLibrary | undefined;
  readonly selfTest: SelfTestDesk;
  readonly queue: QueueDesk;
  readonly staff: StaffDesk;
  readonly reporter: DeviceReporter;
  readonly leftCard: LeftCard;
  readonly leftItems: LeftItems;
  readonly deviceEvents: DeviceEvents;
  readonly erasure: Erasure;
  readonly renewal: Renewal;
  readonly dataDir: string;
  readonly health: DiskHealth;
  /** There was a former device key, and nothing at rest is under it any more. */
  readonly formerKeyUnused: boolean;
  readonly appVersion: string;
  /** A record of a case was committed: it may go. */
  onQueued(): void;
  /** How near what waits to be sent has come to its bounds. */
  backlog(): BacklogView;
  readonly search: CatalogueSearch;
  /** Closes the store; after it nothing of the service may be used. */
  close(): void;
}

type OpenFailure = Exclude<OutOfService['reason'], 'starting'>;

export async function readConfig(path: string): Promise<Result<KioskConfig, 'config-unreadable' | 'config-invalid'>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return refused('config-unreadable', error instanceof Error ? error.message : path);
  }
  return parseKioskConfig(text);
}

/** Opens store and catalogue and puts the parts together. `onChange` is called when counts or the platform's state change. */
export async function openService(
  system: SystemDeps,
  start: StartValues,
  config: KioskConfig,
  onChange: () => void,
): Promise<Result<Service, OpenFailure>> {
  const folder = dirname(start.configPath);
  const connection = await platformConnection(config, folder, system.fetch);
  if (!connection.ok) return connection;
  const library = await libraryConnection(config, folder, system.fetch);
  if (!library.ok) return library;
  const adapter = await chooseAdapter(config, folder, system.fetch);
  if (!adapter.ok) return adapter;
  system.log('core.platform-adapter', { adapter: adapter.value.name, lacks: adapter.value.lacks.join(',') });
  const opened = openStore({
    path: join(start.dataDir, STORE_FILE),
    now: () => system.clock.now(),
    ...(start.sqliteBinding !== undefined && { nativeBinding: start.sqliteBinding }),
  });
  if (!opened.ok) return opened;
  const keys = await openKeyRing({ ...system, ...start, ...opened.value }, config.cryptography ?? 'international');
  if (!keys.ok) {
    opened.value.database.close();
    return keys;
  }
  const hasLibrary = library.value !== undefined;
  const store = openParts(system, { ...start, keys: keys.value, hasLibrary }, opened.value, onChange);
  const chosen = await openWithNewest({ ...system, ...store, own: config }, async (choice) => {
    const catalogue = await loadCatalogue(resolve(folder, choice.config.catalogue));
    return catalogue.ok
      ? done({ choice, catalogue: catalogue.value })
      : refused('catalogue-invalid' as const, `${catalogue.reason}: ${catalogue.detail ?? ''}`);
  });
  if (!chosen.ok) {
    store.close();
    return chosen.reason === 'catalogue-invalid'
      ? refused(chosen.reason, chosen.detail)
      : refused('store-failed', `${chosen.reason}: ${chosen.detail ?? ''}`);
  }
  const { choice, catalogue } = chosen.value;
  const service = assemble(
    { ...system, fetch: connection.value, libraryConnection: library.value },
    adapter.value,
    start,
    { own: config, choice },
    catalogue,
    store,
    onChange,
  );
  const tidied = tidy(service, opened.value);
  if (!tidied.ok) {
    service.close();
    return refused('store-failed', `${tidied.reason}: ${tidied.detail ?? ''}`);
  }
  service.visits.settleLastRun();
  service.staff.settleLastRun();
  const noted = service.transact(() => {
    watchClock(service);
    auditConfig(service.audit, service.config);
  });
  if (!noted.ok) system.log('core.write-failed', { what: 'audit', cause: noted.reason });
  return done({
    ...service,
    formerKeyUnused: start.formerDeviceKey !== undefined && (await useNewKey(service, opened.value)),
  });
}

/** What works on the store alone, whatever the configuration says. */
function openParts(
  { clock }: SystemDeps,
  { dataDir, keys, hasLibrary }: { readonly dataDir: string; readonly keys: KeyRing; readonly hasLibrary: boolean },
  { database }: OpenedStore,
  onChange: () => void,
) {
  const health = new DiskHealth(onChange);
  const audit = new AuditTrail(database, () => clock.now());
  const library = new LibraryDeliveries(database, audit);
  return {
    database,
    health,
    transact: createTransact(database, (failure) => health.heard(failure)),
    keys,
    seal: keys.sealFor('outbox'),
    pages: new PageFiles(join(dataDir, 'scans'), keys),
    audit,
    library,
    outbox: new Outbox(database, audit, hasLibrary ? library : undefined),
    kioskOutbox: new KioskOutbox(database),
    cases: new CaseRecords(database),
    notices: new Notices(database),
    incoming: new IncomingChanges(database, keys.sealFor('incoming_change')),
    remoteConfigs: new RemoteConfigs(database, keys.sealFor('remote_config')),
    handedOver: new HandedOver(database),
    enquiries: new EnquiryRecords(database, keys.sealFor('enquiry_content')),
    supplements: new SupplementRecords(database, keys.sealFor('supplement')),
    close: () => void database.close(),
  };
}

function assemble(
  system: SystemDeps & { readonly libraryConnection: LibraryConnection | undefined },
  adapter: Adapter,
  start: StartValues,
  { own, choice: { version, config } }: { readonly own: KioskConfig; readonly choice: ChosenConfig },
  shipped: Catalogue,
  store: ReturnType<typeof openParts>,
  onChange: () => void,
): Service {
  const { clock, random, log, fetch } = system;
  const { database, transact, audit, outbox, library } = store;
  const { kioskId } = config;
  const limitsMs = { write: PLATFORM_REQUEST_LIMIT_MS, ask: PLATFORM_QUICK_LIMIT_MS };
  const pulled = new PulledStore(database);
  const catalogue = new LiveCatalogue(lastPulled(pulled) ?? shipped);
  const platform = adapter.adapt(
    createPlatformClient({ url: config.platform.url, fetch, clock, limitsMs, onVersionGap: onChange }),
    { ...store, clock, kioskId, catalogue, limitsMs },
  );
  const clockDrift = new ClockDrift({ log, transact, audit, onChange });
  const reachability = new Reachability({ clock, random, platform, log, onTime: clockDrift.heard });
  const parts = { ...system, ...store, config, catalogue, platform, reachability, clockDrift };
  const actions = new StaffActions(database, audit);
  const deviceEvents = new DeviceEvents(database);
  const onOwnRecord = () => selfTest.sync.wake();
  const reporter = new DeviceReporter({ ...parts, kioskId, deviceEvents, onEvent: onOwnRecord });
  const leftCard = new LeftCard(system);
  const leftItems = new LeftItems({ ...parts, leftCard, foundItems: new FoundItems(database), reporter, onChange });
  const visits = new Visits({
    ...parts,
    wipes: new WipeRecords(database, audit),
    onBegin: () => leftItems.forget(),
    onEnd: (usedReader) => {
      if (usedReader) leftItems.lookAfter();
    },
  });
  const staff = new StaffDesk({ clock, log, transact, actions, accounts: config.staff ?? [], visits });
  const courier = caseCourier(parts);
  const sync = new Sync({ clock, random, log, transact, outbox, courier, reachability, onChange });
  const caseLibrary = system.libraryConnection && openCaseLibrary({ ...parts, onChange }, system.libraryConnection);
  const queue = openQueueDesk({ ...parts, onChange }, database);
  const machine = thisMachine(database, start.dataDir, config);
  const isBusy = () => visits.current !== undefined || staff.present !== undefined;
  const selfTest = openSelfTestDesk({ ...parts, tickets: queue.tickets, machine, isBusy, onChange });
  const configKeeper = new ConfigKeeper({ ...parts, own, inForce: version, isBusy, onReport: onOwnRecord });
  return {
    ...parts,
    cataloguePull: new CataloguePull({ ...parts, pulled, live: catalogue, onChange }),
    dataDir: start.dataDir,
    appVersion: start.appVersion,
    search: new CatalogueSearch(),
    formerKeyUnused: false,
    visits,
    staff,
    reporter,
    leftCard,
    leftItems,
    deviceEvents,
    jobs: new PrintJobs(database, 'case'),
    configKeeper,
    downLink: new DownLink({ ...parts, kioskId, takeConfig: (content) => configKeeper.take(content), onChange }),
    reconciler: new Reconciler({ ...parts, kioskId, tickets: queue.tickets, onChange }),
    sync,
    caseLibrary,
    parked: new ParkedRecords(parts),
    onQueued: () => {
      sync.wake();
      caseLibrary?.sync.wake();
    },
    erasure: new Erasure(parts),
    renewal: new Renewal({ clock, log, isBusy, renew: system.restart }),
    selfTest,
    queue,
    backlog: () => {
      const { cases, oldest } = outbox.backlog();
      // What the library does not have takes its room here as well; but how long it waits is no reason to send people away.
      return judgeBacklog({ cases: Math.max(cases, library.backlog().cases), oldest }, config.backlog, clock.now());
    },
  };
}

/** What was pulled last is newer than what came with the program, unless this program can use nothing of it. */
function lastPulled(pulled: PulledStore): Catalogue | undefined {
  const live = pulled.live();
  const kept = live && new Catalogue(pulled.textsOf(pulled.linesOf(live.generation)));
  return kept?.hasValidItem() ? kept : undefined;
}

/** Removes what a crash left behind and, after a salvage, joins up what came over. */
function tidy(service: Service, { database, setAside }: OpenedStore): Result<void> {
  const {
    transact,
    audit,
    outbox,
    cases,
    pages,
    queue,
    selfTest,
    seal,
    clock,
    notices,
    log,
    library,
    caseLibrary,
    config,
    deviceEvents,
  } = service;
  const pageIds = () => [...outbox.pageIds(), ...service.supplements.pageIds()];
  return transact(() => {
    outbox.lookAnew('stale');
    takeUpEvents(selfTest.outbox, config.kioskId, deviceEvents);
    if (!setAside) {
      if (caseLibrary) library.takeUp('newer');
      pages.sweep(pageIds);
      return;
    }
    const { name, carried, incomplete } = setAside;
    database.pragma('defer_foreign_keys = ON');
    mend({ database, outbox, cases, pages, seal, today: hallDay(clock.now()) });
    if (caseLibrary) library.takeUp('all');
    for (const ticket of queue.tickets.stranded()) sendTicket(selfTest.outbox, ticket);
    settleSalvage(database);
    const orphans = pages.setAside(pageIds, name);
    const rest = incomplete ? 'some rows are lost' : 'nothing is lost';
    notices.add(hallTime(clock.now()), { kind: 'store-set-aside', detail: `${name}: ${carried} rows kept, ${rest}` });
    audit.append({ who: 'process:core', what: 'store-set-aside', target: name, outcome: `${carried}-rows-kept` });
    log('core.store-set-aside', { name, carried, incomplete, pages: orphans });
  });
}

/** A disk that takes no more now is asked again at the next start: until then both keys are there. */
async function useNewKey(service: Service, { database }: OpenedStore): Promise<boolean> {
  const rotated = await rotateKeys({ ...service, database });
  if (rotated.ok) service.log('core.key-rotated', rotated.value);
  else service.log('core.write-failed', { what: 'key-rotation', cause: rotated.reason });
  return rotated.ok;
}
