import type { KioskConfig } from '../../contract/config.ts';
import type { EventLog } from '../../contract/log.ts';
import {
  type ConfigRejection,
  configStatement,
  type ConfigStatement,
  signedConfig,
  withRemote,
} from '../../contract/signed-config.ts';
import { technical } from '../../contract/technical.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { Audit } from '../audit/audit-trail.ts';
import { hallTime } from '../hall-time.ts';
import { CONFIG_LOOK_MS, CONFIG_PROVEN_AFTER_MS } from '../limits.ts';
import type { Notices } from '../status/notices.ts';
import type { Transact } from '../store/transact.ts';
import { Wake, waitOrWake } from '../sync/wake.ts';
import { reportConfig, type ConfigReportDeps } from './config-reports.ts';
import type { RemoteConfigs } from './remote-configs.ts';
import { readSigned } from './signature.ts';

export interface ConfigKeeperDeps extends ConfigReportDeps {
  readonly log: EventLog;
  readonly transact: Transact;
  readonly audit: Audit;
  readonly notices: Notices;
  readonly remoteConfigs: RemoteConfigs;
  /** The kiosk's own file: who it is and whose signature it believes. */
  readonly own: KioskConfig;
  /** The version that this start works by; 0 for the own file alone. */
  readonly inForce: number;
  /** Somebody is being served. */
  readonly isBusy: () => boolean;
  /** Ends this process, so that the next one works by the newest configuration. */
  readonly restart: () => void;
  /** A report waits to be sent. */
  readonly onReport: () => void;
}

/** Takes signed configurations in, and brings them into force when their time has come and nobody is being served. */
export class ConfigKeeper {
  readonly #deps: ConfigKeeperDeps;
  readonly #wake = new Wake();
  /** What this start had before it and passed over, if it did not take it: the next start would do the same. */
  readonly #seen: ReadonlySet<number>;

  constructor(deps: ConfigKeeperDeps) {
    this.#deps = deps;
    this.#seen = new Set(deps.remoteConfigs.due(deps.clock.now()).map(({ version }) => version));
  }

  /** To be called inside a transaction. What is not believed or not usable leaves everything as it was, and is reported. */
  take(raw: unknown): void {
    const judged = this.#judge(raw);
    if (judged.ok) this.#accept(judged.value, raw);
    else this.#reject(versionOf(raw), judged.reason, judged.detail);
    this.#wake.call();
    this.#deps.onReport();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, log, remoteConfigs, inForce, isBusy, restart } = this.#deps;
    const provenAt = clock.now().getTime() + CONFIG_PROVEN_AFTER_MS;
    let proven = false;
    while (!signal.aborted) {
      if (!proven && clock.now().getTime() >= provenAt) {
        this.#prove();
        proven = true;
      }
      const [newest] = remoteConfigs.due(clock.now());
      if (newest && newest.version > inForce && !this.#seen.has(newest.version) && !isBusy()) {
        log('core.config-due', { version: newest.version });
        return restart();
      }
      await waitOrWake(clock, CONFIG_LOOK_MS, this.#wake, signal);
    }
  }

  #judge(raw: unknown): Result<ConfigStatement, ConfigRejection> {
    const { own, remoteConfigs } = this.#deps;
    const read = readSigned(raw, own.configurationKey);
    if (!read.ok) return read;
    const statement = read.value;
    if (statement.kioskId !== own.kioskId) return refused('other-kiosk');
    if (statement.version <= remoteConfigs.highest()) return refused('version-not-newer');
    if ('returnTo' in statement) {
      const { returnTo } = statement;
      return returnTo === 0 || remoteConfigs.signed(returnTo) !== undefined
        ? done(statement)
        : refused('version-unknown', `${returnTo}`);
    }
    const whole = withRemote(own, statement.config);
    return whole.ok ? done(statement) : whole;
  }

  #accept({ version, effectiveAt }: ConfigStatement, raw: unknown): void {
    const { log, audit, remoteConfigs, own } = this.#deps;
    remoteConfigs.add(version, effectiveAt, raw);
    audit.append({ who: 'process:core', what: 'config-accepted', target: String(version), outcome: effectiveAt });
    reportConfig(this.#deps, { kioskId: own.kioskId, version, outcome: 'accepted' });
    log('core.config-accepted', { version, effectiveAt });
  }

  #reject(version: number, reason: ConfigRejection, detail: string | undefined): void {
    const { clock, log, audit, notices, own } = this.#deps;
    audit.append({ who: 'process:core', what: 'config-rejected', target: String(version), outcome: reason });
    notices.add(hallTime(clock.now()), { kind: 'configuration-rejected', detail: `${version}: ${reason}` });
    reportConfig(this.#deps, { kioskId: own.kioskId, version, outcome: 'rejected', reason });
    log('core.config-rejected', { version, reason, ...(detail !== undefined && { detail: technical(detail) }) });
  }

  /** The kiosk is up for long enough to say so. */
  #prove(): void {
    const { clock, log, transact, remoteConfigs, own, inForce, onReport } = this.#deps;
    const row = remoteConfigs.due(clock.now()).find(({ version }) => version === inForce);
    if (row?.state !== 'trial') return;
    const written = transact(() => {
      remoteConfigs.become(inForce, 'proven');
      reportConfig(this.#deps, { kioskId: own.kioskId, version: inForce, outcome: 'in-force' });
    });
    if (!written.ok) log('core.write-failed', { what: 'configuration', cause: written.reason });
    else {
      log('core.config-in-force', { version: inForce });
      onReport();
    }
  }
}

/** As far as something that is not believed says one. */
function versionOf(raw: unknown): number {
  const statement = signedConfig.safeParse(raw).data?.statement;
  return configStatement.options[0].shape.version.safeParse(statement?.['version']).data ?? 0;
}
