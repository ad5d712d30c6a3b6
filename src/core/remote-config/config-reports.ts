import type { Clock } from '../../contract/clock.ts';
import type { ConfigReport } from '../../contract/signed-config.ts';
import { hallTime } from '../hall-time.ts';
import { makeUuidV7, type Random } from '../identifiers.ts';
import type { KioskOutbox } from '../outbox/kiosk-outbox.ts';

export interface ConfigReportDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly kioskOutbox: KioskOutbox;
}

/** Lets the platform know what became of a configuration, inside the transaction in which that happens. */
export function reportConfig(
  { clock, random, kioskOutbox }: ConfigReportDeps,
  what: Omit<ConfigReport, 'id' | 'at'>,
): void {
  const now = clock.now();
  const report: ConfigReport = { ...what, id: makeUuidV7(now, random), at: hallTime(now) };
  kioskOutbox.add({
    id: report.id,
    step: 'config-report',
    createdAt: report.at,
    firstAttemptAt: now.getTime(),
    payload: JSON.stringify(report),
  });
}
