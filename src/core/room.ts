import type { KioskConfig } from '../contract/config.ts';
import { CONTRACT_VERSION } from '../contract/contract-version.ts';
import type { MachinePart } from '../contract/self-test.ts';
import type { OutOfService, ServiceName, StatusView } from '../contract/visit-view.ts';
import { libraryNotices } from './case-library/open.ts';
import type { BacklogView } from './outbox/backlog.ts';
import { logNotices } from './catalogue/log-notices.ts';
import type { DeliveryCounts } from './outbox/deliveries.ts';
import { freeBytes } from './self-test/machine.ts';
import type { DeviceClass } from '../contract/device-classes.ts';
import { hallDay, hallTime } from './hall-time.ts';
import { hasNumber } from './case/intake.ts';
import { DISK_LOW_BYTES, NOTICE_SHOWN_MS, PERSON_GONE_SECONDS } from './limits.ts';
import { queueViews } from './queue/desk.ts';
import type { Notice } from './status/notices.ts';
import { openService, readConfig, type Service, type StartValues, type SystemDeps } from './service.ts';
import { StatusBoard } from './status/board.ts';
import { technical } from '../contract/technical.ts';

/** Core from its first moment: answers how the kiosk is before, and also when never, it can serve people. */
export class CoreRoom {
  readonly deps: SystemDeps;
  readonly board: StatusBoard;
  #config: KioskConfig | undefined;
  #outOfService: OutOfService | undefined = { reason: 'starting' };
  #service: Service | undefined;
  #diskNotice: Notice | undefined;
  #stopReporting: () => void = () => undefined;
  readonly #stopped = new AbortController();

  constructor(deps: SystemDeps) {
    this.deps = deps;
    this.board = new StatusBoard(deps.clock, () => this.#status());
    deps.devices.onChange(() => this.board.changed());
  }

  /** Nothing while the kiosk is not in service. */
  get service(): Service | undefined {
    return this.#service;
  }

  /**
   * Reads configuration and catalogue, opens the store, starts sending. Afterwards the status tells how that went; the
   * answer, whether a former device key is of no more use.
   */
  async start(values: StartValues): Promise<boolean> {
    const config = await readConfig(values.configPath);
    if (!config.ok) return this.#refuse(config.reason, config.detail);
    this.#config = config.value;
    const opened = await openService(this.deps, values, config.value, () => this.board.changed());
    if (!opened.ok) return this.#refuse(opened.reason, opened.detail);
    const service = opened.value;
    this.#service = service;
    this.#config = service.config;
    this.#outOfService = undefined;
    this.deps.log('core.started', {
      version: values.appVersion,
      items: service.catalogue.size,
      waiting: service.outbox.counts().waiting,
    });
    this.board.changed();
    this.#reportDevices(service);
    await this.checkDisk();
    await this.#checkCatalogue(service);
    if (this.#stopped.signal.aborted) return service.formerKeyUnused;
    const { onBug } = this.deps;
    // After the status, since Node loads its HTTP client with the first request and answers nobody meanwhile.
    service.reachability.run(this.#stopped.signal).catch(onBug);
    service.sync.run(this.#stopped.signal).catch(onBug);
    service.caseLibrary?.reachability.run(this.#stopped.signal).catch(onBug);
    service.caseLibrary?.sync.run(this.#stopped.signal).catch(onBug);
    service.selfTest.sync.run(this.#stopped.signal).catch(onBug);
    service.selfTest.daily?.run(this.#stopped.signal).catch(onBug);
    service.cataloguePull.run(this.#stopped.signal).catch(onBug);
    service.queue.keeper.run(this.#stopped.signal).catch(onBug);
    service.erasure.run(this.#stopped.signal).catch(onBug);
    service.downLink.run(this.#stopped.signal).catch(onBug);
    service.configKeeper.run(this.#stopped.signal).catch(onBug);
    service.reconciler.run(this.#stopped.signal).catch(onBug);
    service.renewal.run(this.#stopped.signal).catch(onBug);
    return service.formerKeyUnused;
  }

  /** Looks whether there is room for more cases. */
  async checkDisk(): Promise<void> {
    const service = this.#service;
    if (!service) return;
    // A folder that cannot even be looked at fails by name at the next write.
    const free = await freeBytes(service.dataDir);
    const megabytes = Math.floor(free / 1_000_000);
    this.#diskNotice = free < DISK_LOW_BYTES ? { kind: 'disk-low', detail: `${megabytes} MB free` } : undefined;
    this.board.changed();
  }

  /** The page is gone without a word: its visit is wiped, and whoever was signed in is not any more. */
  pageGone(): void {
    this.deps.log('core.page-gone', {});
    this.#service?.visits.end('fault');
    this.#service?.staff.signOut('page-gone');
  }

  /**
   * Lights the lamps at the slots of a class of devices, where the configuration names them, for as long as the person has to use
   * one. Nobody waits for a lamp.
   */
  cue(kind: DeviceClass, until: AbortSignal): void {
    const { devices, onBug } = this.deps;
    for (const { class: is, lamp } of this.#config?.devices ?? []) {
      if (is === kind && lamp !== undefined) devices.light(lamp, until).catch(onBug);
    }
  }

  /** Seconds in which somebody can say that they are there although the sensor saw them go. */
  get personGoneSeconds(): number {
    return this.#config?.personGoneSeconds ?? PERSON_GONE_SECONDS;
  }

  /** Stops sending and closes the store. */
  stop(): void {
    this.#stopped.abort();
    this.#stopReporting();
    this.#service?.visits.end('fault');
    this.#service?.staff.signOut('closing');
    this.#service?.leftItems.forget();
    this.#service?.close();
    this.#service = undefined;
  }

  #reportDevices({ reporter }: Service): void {
    const { devices } = this.deps;
    const look = () => reporter.look(devices.devices);
    this.#stopReporting = devices.onChange(look);
    look();
  }

  /** While people are served already: the items that nobody asked for yet. */
  async #checkCatalogue({ catalogue }: Service): Promise<void> {
    await catalogue.checkRest(this.#stopped.signal);
    logNotices(this.deps.log, catalogue);
    if (catalogue.leftOut.length > 0) this.board.changed();
  }

  #refuse(reason: OutOfService['reason'], detail: string | undefined): false {
    this.#outOfService = detail === undefined ? { reason } : { reason, detail };
    this.deps.log('core.out-of-service', { reason, ...(detail !== undefined && { detail: technical(detail) }) });
    this.board.changed();
    return false;
  }

  #status(): StatusView {
    const service = this.#service;
    const hall = this.#config?.hall;
    // Once: counting takes milliseconds when a hundred thousand wait.
    const backlog = service?.backlog();
    const announcements = service?.incoming.announcements(service.clock.now()) ?? [];
    const counts =
      service && addUp([service.outbox.counts(), service.library.counts(), service.selfTest.outbox.counts()]);
    return {
      ...(hall && { hall: { name: hall.name, hours: hall.hours, phone: hall.phone } }),
      ...(this.#outOfService && { outOfService: this.#outOfService }),
      services: this.#services(
        backlog?.state === 'full' ? 'backlog' : service && !hasNumber(service) ? 'numbers' : undefined,
      ),
      devices: this.deps.devices.devices.map(({ id, class: kind, state, reason, levels }) => ({
        id,
        class: kind,
        // One that is lent out is as well as one at rest, and the page has better to do while somebody waits for a device.
        state: state === 'busy' ? 'ready' : state,
        ...(reason !== undefined && { reason }),
        ...(levels && { levels }),
      })),
      platform: service?.reachability.state ?? 'unknown',
      waiting: counts?.waiting ?? 0,
      needsStaff: counts?.needsStaff ?? 0,
      notices: service && backlog ? this.#notices(service, backlog) : [],
      ...(announcements.length > 0 && { announcements: announcements.map(({ title, text }) => ({ title, text })) }),
      ...(this.#config?.camera && { camera: this.#config.camera }),
      ...(service?.leftItems.item && { leftItem: service.leftItems.item }),
    };
  }

  /** @param closed why no application is begun, if none is */
  #services(closed: 'backlog' | 'numbers' | undefined): StatusView['services'] {
    const open = this.#outOfService === undefined;
    const starting = this.#outOfService?.reason === 'starting';
    const readable = this.deps.devices.isUsable('id-reader');
    const hasReader = this.#config?.devices.some(({ class: kind }) => kind === 'id-reader') ?? false;
    const readerComes = hasReader && this.deps.devices.isExpected('id-reader');
    const offline = this.#service?.reachability.state === 'unreachable';
    const plain = (service: ServiceName) => ({
      service,
      available: open,
      ...(starting && { why: 'making-ready' as const }),
    });
    const notNow = closed ?? (starting || readerComes ? 'making-ready' : 'id-reader');
    return [
      readable && closed === undefined ? plain('apply') : { service: 'apply', available: false, why: notNow },
      plain('guide'),
      // Without the platform this kiosk still knows its own cases.
      { ...plain('progress'), ...(offline && { why: 'platform' as const }) },
      plain('rating'),
    ];
  }

  #notices(service: Service, backlog: BacklogView): Notice[] {
    const { catalogue, notices, clock, health, selfTest, clockDrift, reconciler, platform, queue, config } = service;
    const since = hallTime(new Date(clock.now().getTime() - NOTICE_SHOWN_MS));
    return [
      ...notices.since(since),
      ...catalogue.leftOut.map(({ file, problem }): Notice => ({
        kind: 'item-left-out',
        detail: `${file}: ${problem}`,
      })),
      ...(this.#diskNotice ? [this.#diskNotice] : []),
      ...(clockDrift.notice ? [clockDrift.notice] : []),
      ...reconciler.notices,
      ...libraryNotices(service.library, service.caseLibrary !== undefined, clock.now()),
      ...(backlog.state === 'fine' ? [] : [{ kind: `backlog-${backlog.state}` as const, detail: backlog.detail }]),
      ...(hasNumber(service) ? [] : [{ kind: 'case-numbers-out' as const, detail: hallDay(clock.now()) }]),
      ...(selfTest.selfTests.latest?.machine ?? [])
        .filter(({ part, verdict }) => verdict === 'failed' && !watchedParts.has(part))
        .map(({ part, reason = 'failed' }): Notice => ({ kind: 'self-test-failed', detail: `${part}: ${reason}` })),
      ...queueViews(queue.leases, config, clock.now())
        .filter(({ left }) => left === 0)
        .map(({ queue: prefix, why = 'used-up' }): Notice => ({
          kind: 'queue-numbers-out',
          detail: `${prefix}: ${why}`,
        })),
      ...(platform.versionGap === undefined
        ? []
        : [{ kind: platform.versionGap, detail: `contract ${CONTRACT_VERSION}` }]),
      ...(health.failure === undefined ? [] : [{ kind: 'disk-failing' as const, detail: health.failure }]),
    ];
  }
}

/** The status tells of these as they are now, and not as they were when the kiosk was tried. */
const watchedParts: ReadonlySet<MachinePart> = new Set(['network', 'disk']);

function addUp(counts: readonly DeliveryCounts[]): DeliveryCounts {
  return {
    waiting: counts.reduce((sum, { waiting }) => sum + waiting, 0),
    needsStaff: counts.reduce((sum, { needsStaff }) => sum + needsStaff, 0),
  };
}
