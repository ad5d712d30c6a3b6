import type { Receipt } from '../../contract/platform-api.ts';
import { queueTicketSubmission } from '../../contract/queue-records.ts';
import { selfTestReport } from '../../contract/self-test.ts';
import { configReport } from '../../contract/signed-config.ts';
import type { KioskOutboxRow } from '../outbox/kiosk-outbox.ts';
import type { QueueTickets } from '../queue/queue-tickets.ts';
import type { PlatformClient } from './platform-client.ts';
import { parseJson } from './transport.ts';
import type { Courier } from './courier.ts';

/** The kiosk's own records. */
export function kioskCourier(
  platform: PlatformClient,
  tickets: Pick<QueueTickets, 'received'>,
): Courier<KioskOutboxRow, Receipt> {
  return {
    async send(row, signal) {
      if (row.payload === null) return { kind: 'needs-staff', reason: 'payload-missing' };
      const content: unknown = parseJson(row.payload);
      if (row.step === 'queue-ticket') {
        const ticket = queueTicketSubmission.safeParse(content);
        if (!ticket.success) return { kind: 'needs-staff', reason: 'content-broken' };
        return platform.submitQueueTicket(row.id, ticket.data, signal);
      }
      if (row.step === 'config-report') {
        const report = configReport.safeParse(content);
        if (!report.success) return { kind: 'needs-staff', reason: 'content-broken' };
        return platform.reportConfiguration(row.id, report.data, signal);
      }
      const report = selfTestReport.safeParse(content);
      if (!report.success) return { kind: 'needs-staff', reason: 'content-broken' };
      return platform.submitSelfTest(row.id, report.data, signal);
    },
    arrived(row, { receivedAt }) {
      // Of a report, the platform's word that it has it is all there is to keep, and the outbox does that.
      if (row.step === 'queue-ticket') tickets.received(row.id, receivedAt);
    },
  };
}
