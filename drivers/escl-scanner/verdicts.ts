import type { ScanFailure } from '../../src/devices/driver.ts';
import type { CallFailure } from '../../src/devices/service-calls.ts';
import type { ScanRequest } from '../../src/domain/document-scan.ts';
import type { EsclProfile } from './profile.ts';
import type { ScannerStatus } from './protocol.ts';

/** What to make of a request that did not bring what was asked for. The order of the questions is the rule. */

export interface Setback {
  /** The HTTP status, or why there is none. */
  readonly answer: number | Exclude<CallFailure, 'aborted'>;
  /** How the scanner says it is, asked after the setback; undefined when it did not say. */
  readonly status: ScannerStatus | undefined;
  readonly source: ScanRequest['source'];
  readonly mayTryAgain: boolean;
}

/** A job could not be started. */
export function verdictOnStart(setback: Setback): 'again' | ScanFailure {
  const { answer, status, source, mayTryAgain } = setback;
  const trouble = feederTrouble(setback);
  if (trouble) return trouble;
  if (source === 'feeder' && status?.feeder === 'empty') return 'feeder-empty';
  if (status?.state === 'stopped') return 'scanner-fault';
  if (answer === 503) return mayTryAgain ? 'again' : 'busy';
  // A job that was made, but not where, is at work as well.
  const isRefused = typeof answer === 'number' && answer >= 400;
  return isRefused && status?.state === 'processing' ? 'busy' : faultOf(setback);
}

/** A page did not come; `pages` came before. `end` means that there is no further one. */
export function verdictOnPage(setback: Setback, pages: number, profile: EsclProfile): 'again' | 'end' | ScanFailure {
  const { answer, status, source, mayTryAgain } = setback;
  const trouble = feederTrouble(setback);
  if (trouble) return trouble;
  if (status?.state === 'stopped') return 'scanner-fault';
  if (answer === 503) return mayTryAgain ? 'again' : 'busy';
  if (typeof answer !== 'number') return faultOf(setback);
  const isAtWork = status !== undefined && status.state !== 'idle';
  const isNotReady = profile.alsoNotReady.includes(answer);
  // "Not ready" or "no more"? Only the status could say, and without one a page would be missing and nobody told.
  if (isNotReady && status === undefined) return 'scanner-absent';
  // Paper is in the feeder and it is at work: the page is on its way, whatever 404 says.
  const isFeeding = answer === 404 && source === 'feeder' && status?.feeder === 'loaded';
  if (isAtWork && (isNotReady || isFeeding) && mayTryAgain) return 'again';
  if (source === 'platen' || !(answer === 404 || isNotReady)) return 'scanner-fault';
  if (pages > 0) return 'end';
  return status?.feeder === 'loaded' ? 'scanner-fault' : 'feeder-empty';
}

export function feederTrouble({
  source,
  status,
}: Pick<Setback, 'source' | 'status'>): 'jam' | 'cover-open' | undefined {
  const state = source === 'feeder' ? status?.feeder : undefined;
  return state === 'jam' || state === 'cover-open' ? state : undefined;
}

function faultOf({ answer, status }: Setback): ScanFailure {
  if (answer === 'too-long') return 'page-too-large';
  if (answer === 'late') return 'timed-out';
  return answer === 'closed' && status === undefined ? 'scanner-absent' : 'scanner-fault';
}
