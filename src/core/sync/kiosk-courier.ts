import { deviceEventSubmission, type Receipt } from '../../contract/platform-api.ts';
import type { DeviceEvents } from '../device-events/device-events.ts';
import { guideRatingSubmission } from '../../contract/guide-rating-calls.ts';
import type { EnquiryRecords } from '../enquiry/enquiry-records.ts';
import { queueTicketSubmission } from '../../contract/queue-records.ts';
import { selfTestReport } from '../../contract/self-test.ts';
import { configReport } from '../../contract/signed-config.ts';
import type { KioskOutboxRow } from '../outbox/kiosk-outbox.ts';
import { hallDay } from '../hall-time.ts';
import type { QueueTickets } from '../queue/queue-tickets.ts';
import { contentDigest } from '../reconcile/content-digest.ts';
import type { HandedOver } from '../reconcile/handed-over.ts';
import type { PlatformClient } from './platform-client.ts';
import { parseJson } from './transport.ts';
import type { Courier, Sent } from './courier.ts';

export interface KioskCourierDeps {
  readonly platform: PlatformClient;
  readonly tickets: Pick<QueueTickets, 'received'>;
  readonly handedOver: Pick<HandedOver, 'add'>;
  readonly deviceEvents: Pick<DeviceEvents, 'arrived'>;
  readonly enquiries: Pick<EnquiryRecords, 'read' | 'remove'> | undefined;
  readonly supplements: SupplementDelivery | undefined;
}

export interface SupplementDelivery {
  send(id: string, signal: AbortSignal): Promise<Sent<Receipt>>;
  arrived(id: string): void;
}

/** The kiosk's own records, enquiries and supplements. */
export function kioskCourier(deps: KioskCourierDeps): Courier<KioskOutboxRow, Receipt> {
  const { platform, tickets, handedOver, deviceEvents, enquiries, supplements } = deps;
  return {
    async send({ id, step, payload }, signal) {
      if (payload === null) return { kind: 'needs-staff', reason: 'payload-missing' };
      const content: unknown = parseJson(payload);
      switch (step) {
        case 'queue-ticket': {
          const ticket = queueTicketSubmission.safeParse(content);
          return ticket.success ? platform.submitQueueTicket(id, ticket.data, signal) : broken;
        }
        case 'config-report': {
          const report = configReport.safeParse(content);
          return report.success ? platform.reportConfiguration(id, report.data, signal) : broken;
        }
        case 'enquiry': {
          if (!enquiries) return elsewhere;
          const enquiry = enquiries.read(id);
          return enquiry.ok
            ? platform.submitEnquiry(id, enquiry.value, signal)
            : { kind: 'needs-staff', reason: enquiry.reason };
        }
        case 'guide-rating': {
          const rating = guideRatingSubmission.safeParse(content);
          return rating.success ? platform.submitGuideRating(id, rating.data, signal) : broken;
        }
        case 'supplement':
          return supplements ? supplements.send(id, signal) : elsewhere;
        case 'device-event': {
          const event = deviceEventSubmission.safeParse(content);
          return event.success ? platform.submitDeviceEvent(id, event.data, signal) : broken;
        }
        default: {
          const report = selfTestReport.safeParse(content);
          return report.success ? platform.submitSelfTest(id, report.data, signal) : broken;
        }
      }
    },
    arrived({ id, step, payload }, { receivedAt }) {
      // Of a report, the platform's word that it has it is all there is to keep, and the outbox does that.
      if (step === 'device-event') deviceEvents.arrived(id);
      if (step === 'enquiry') enquiries?.remove(id);
      if (step === 'supplement') supplements?.arrived(id);
      if (step !== 'queue-ticket' || payload === null) return;
      tickets.received(id, receivedAt);
      handedOver.add(id, step, hallDay(new Date(receivedAt)), contentDigest(parseJson(payload)));
    },
  };
}

const elsewhere = { kind: 'retry', reason: 'stopped', detail: 'the kiosk itself sends it' } as const;
const broken = { kind: 'needs-staff', reason: 'content-broken' } as const;
