import type { KioskConfig } from '../../contract/config.ts';
import type { EventLog } from '../../contract/log.ts';
import { withRemote } from '../../contract/signed-config.ts';
import { technical } from '../../contract/technical.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { Audit } from '../audit/audit-trail.ts';
import { hallTime } from '../hall-time.ts';
import { CONFIG_TRIAL_STARTS } from '../limits.ts';
import type { Notices } from '../status/notices.ts';
import type { Transact } from '../store/transact.ts';
import type { WriteFailure } from '../store/write-failure.ts';
import { reportConfig, type ConfigReportDeps } from './config-reports.ts';
import type { RemoteConfigs, RemoteRow } from './remote-configs.ts';
import { readSigned } from './signature.ts';

export interface ChooseConfigDeps extends ConfigReportDeps {
  readonly log: EventLog;
  readonly transact: Transact;
  readonly audit: Audit;
  readonly notices: Notices;
  readonly remoteConfigs: RemoteConfigs;
  /** The kiosk's own file. */
  readonly own: KioskConfig;
}

/** A configuration to start with; version 0 is the kiosk's own file alone. */
export interface ChosenConfig {
  readonly version: number;
  readonly config: KioskConfig;
}

/**
 * Opens the kiosk with the newest configuration whose time has come. One with which it does not open, or with which its process
 * ended {@link CONFIG_TRIAL_STARTS} times before it had shown to work, is given up for the one before it, and in the end for
 * the kiosk's own file; but only if that one opens: otherwise the configuration is not what is wrong.
 */
export async function openWithNewest<T, R extends string>(
  deps: ChooseConfigDeps,
  open: (chosen: ChosenConfig) => Promise<Result<T, R>>,
): Promise<Result<T, R | WriteFailure>> {
  const { clock, transact, remoteConfigs, own } = deps;
  const failed: Failed[] = [];
  for (const row of remoteConfigs.due(clock.now())) {
    const { version, state } = row;
    const config = configOf(deps, version);
    // Signed with a key that is not believed any more, or sealed under one that is lost: passed over as if it were not here.
    if (!config.ok && config.reason === 'unreadable') continue;
    if (!config.ok || isWornOut(row)) {
      failed.push({ version, detail: config.ok ? `${CONFIG_TRIAL_STARTS} starts` : (config.detail ?? '') });
      continue;
    }
    const begun = state === 'proven' ? done() : transact(() => remoteConfigs.tryOut(version));
    if (!begun.ok) return begun;
    const opened = await open({ version, config: config.value });
    if (opened.ok) {
      for (const one of failed) giveUp(deps, one, version);
      return opened;
    }
    failed.push({ version, detail: `${opened.reason}: ${opened.detail ?? ''}` });
  }
  const opened = await open({ version: 0, config: own });
  if (opened.ok) for (const one of failed) giveUp(deps, one, 0);
  return opened;
}

interface Failed {
  readonly version: number;
  readonly detail: string;
}

function isWornOut({ state, starts }: RemoteRow): boolean {
  return state === 'trial' && starts >= CONFIG_TRIAL_STARTS;
}

/** What a version says, over the kiosk's own file; also one that says to return to an earlier one. */
function configOf(deps: ChooseConfigDeps, version: number): Result<KioskConfig, 'unreadable' | 'invalid'> {
  const { remoteConfigs, own } = deps;
  if (version === 0) return done(own);
  const read = readSigned(remoteConfigs.signed(version), own.configurationKey);
  if (!read.ok) return read.reason === 'invalid' ? refused('invalid', read.detail) : refused('unreadable');
  // Always to a lower one, so this comes to an end.
  return 'returnTo' in read.value ? configOf(deps, read.value.returnTo) : withRemote(own, read.value.config);
}

/** A disk that does not take this is asked again at the next start. */
function giveUp(deps: ChooseConfigDeps, { version, detail }: Failed, to: number): void {
  const { clock, log, transact, audit, notices, remoteConfigs, own } = deps;
  log('core.config-returned', { version, to, detail: technical(detail) });
  const written = transact(() => {
    remoteConfigs.become(version, 'returned');
    audit.append({ who: 'process:core', what: 'config-returned', target: String(version), outcome: `to-${to}` });
    notices.add(hallTime(clock.now()), { kind: 'configuration-returned', detail: `${version} → ${to}` });
    reportConfig(deps, { kioskId: own.kioskId, version, outcome: 'returned', reason: 'start-failed' });
  });
  if (!written.ok) log('core.write-failed', { what: 'configuration', cause: written.reason });
}
