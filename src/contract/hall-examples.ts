import { caseExample, ticketExample } from './platform-examples.ts';

/**
 * Examples of what people do at a hall beside handing in. In their order they fit together: who books also checks in. The
 * person does not exist, as that of the case.
 */
export const identityExample = {
  kioskId: caseExample.kioskId,
  reading: { method: 'id-card' as const, person: caseExample.applicant, validTo: 'long-term' as const },
};

const { kioskId, itemCode: item, hallCode: place } = caseExample;
const purpose = { item, caseId: caseExample.id, material: 'PHOTO-01', place };
const certificateExample = {
  id: '1.2.156.3005.2.11990101MB00000861001.11990101MB00000861.2026000001.001.L',
  type: 'property',
  name: '不动产登记证',
  issuer: { creditCode: '11990101MB00000861', name: '安澜县住房和城乡建设局' },
  holder: { name: caseExample.applicant.name, number: caseExample.applicant.idNumber },
  issuedOn: '2021-06-18',
  fields: { 用途: '住宅' },
};

export const purposeExample = { kioskId, purpose };
export const certificateUseExample = { kioskId, certificate: certificateExample.id, purpose };
export const certificateVerifyExample = { ...certificateUseExample, contentHash: 'a'.repeat(64) };
export const showingExample = {
  kioskId,
  certificate: certificateExample.id,
  showing: { office: '11990101MB0000107H', officeName: '安澜县不动产登记中心', use: '核对产权' },
};
/** Of a seal that nobody gave. */
export const sealedExample = {
  kioskId,
  certificate: {
    content: certificateExample,
    seal: {
      number: '9901010000001',
      name: '安澜县住房和城乡建设局电子印章',
      contentHash: 'ae0e381fa858d6782d6859eb9337b80e670dc0021361fdd55d49299f1b4c26fd',
      sealedAt: '2021-06-18T09:00:00+08:00',
      algorithm: 'Ed25519' as const,
      signature: 'AAAA',
    },
  },
};

/** Slots that an office offered before. */
export const slotExamples = ['019ab4c0-5a00-7000-8000-000000000031', '019ab4c0-5a00-7000-8000-000000000032'] as const;
const appointment = '019ab4c0-5a00-7000-8000-000000000033';
export const slotsExample = { kioskId, hallCode: place, item, from: '2026-11-22', to: '2026-11-28' };
export const bookingExample = { kioskId, id: appointment, slot: slotExamples[0], item };
export const rebookingExample = { kioskId, id: appointment, slot: slotExamples[1] };
export const checkInExample = { kioskId, id: appointment, hallCode: place, ticket: ticketExample.id };
/** Of one that was booked beside the first. */
export const cancelExample = { kioskId, id: '019ab4c0-5a00-7000-8000-000000000034' };

export const waitsExample = { kioskId, hallCode: place };
export const resultsExample = { kioskId, hallCode: place };
export const documentExample = {
  kioskId,
  document: 'WS-2026-0001',
  sha256: 'ae0e381fa858d6782d6859eb9337b80e670dc0021361fdd55d49299f1b4c26fd',
};
