import type { Receipt } from '../../contract/platform-api.ts';
import { selfTestReport } from '../../contract/self-test.ts';
import { configReport } from '../../contract/signed-config.ts';
import type { KioskOutboxRow } from '../outbox/kiosk-outbox.ts';
import type { PlatformClient } from './platform-client.ts';
import { parseJson } from './transport.ts';
import type { Courier } from './courier.ts';

/** The kiosk's own records. */
export function kioskCourier(platform: PlatformClient): Courier<KioskOutboxRow, Receipt> {
  return {
    async send(row, signal) {
      if (row.payload === null) return { kind: 'needs-staff', reason: 'payload-missing' };
      const content = parseJson(row.payload);
      if (row.step === 'config-report') {
        const report = configReport.safeParse(content);
        if (!report.success) return { kind: 'needs-staff', reason: 'content-broken' };
        return platform.reportConfiguration(row.id, report.data, signal);
      }
      const report = selfTestReport.safeParse(content);
      if (!report.success) return { kind: 'needs-staff', reason: 'content-broken' };
      return platform.submitSelfTest(row.id, report.data, signal);
    },
    // The platform's word that it has the record is all there is to keep, and the outbox does that.
    arrived: () => undefined,
  };
}
