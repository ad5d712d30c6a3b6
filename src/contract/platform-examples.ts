/**
 * One made-up case with a page and a rating, for the OpenAPI file and for the tests that are derived from the contract.
 * Checked against the schemas by the test of the contract. The person does not exist: 990101 is no region code of GB/T 2260.
 */
export const caseExample = {
  id: '019ab4c0-5a00-7000-8000-000000000001',
  provisionalNumber: 'YS-KSK1-261122-0001-N',
  receiptCode: '8Q2MZC7PXA',
  kioskId: 'KSK1',
  hallCode: '990101',
  itemCode: '1199010100000000146000101001001',
  itemVersion: 1,
  itemName: '老年人优待证办理',
  department: '示例区民政局',
  handedInAt: '2026-11-22T09:30:00+08:00',
  applicant: { name: '张示例', idNumber: '990101195001010010' },
  situations: { 'first-time': 'yes' },
  fields: { phone: '13900000000' },
  materials: [
    {
      id: 'PHOTO-01',
      name: '近期免冠照片',
      pages: [
        {
          id: '019ab4c0-5a00-7000-8000-000000000002',
          sha256: 'ae0e381fa858d6782d6859eb9337b80e670dc0021361fdd55d49299f1b4c26fd',
        },
      ],
    },
  ],
  signature: 'iVBORw0KGgo=',
  parts: [],
};

export const pageExample = {
  id: '019ab4c0-5a00-7000-8000-000000000002',
  caseId: caseExample.id,
  material: 'PHOTO-01',
  sha256: 'ae0e381fa858d6782d6859eb9337b80e670dc0021361fdd55d49299f1b4c26fd',
};

export const ratingExample = {
  id: '019ab4c0-5a00-7000-8000-000000000003',
  caseId: caseExample.id,
  level: 'very-satisfied' as const,
  channel: 'page' as const,
  ratedAt: '2026-11-22T09:31:00+08:00',
};

export const deviceEventExample = {
  id: '019ab4c0-5a00-7000-8000-000000000004',
  kioskId: caseExample.kioskId,
  device: 'printer',
  class: 'ticket-printer' as const,
  driver: 'escpos-printer',
  kind: 'fault' as const,
  reason: 'paper-out',
  at: '2026-11-22T09:32:00+08:00',
};

export const leaseExample = {
  id: '019ab4c0-5a00-7000-8000-000000000005',
  kioskId: caseExample.kioskId,
  hallCode: caseExample.hallCode,
  queue: 'A',
  day: '2026-11-22',
  count: 60,
};

export const ticketExample = {
  id: '019ab4c0-5a00-7000-8000-000000000006',
  kioskId: caseExample.kioskId,
  hallCode: caseExample.hallCode,
  lease: leaseExample.id,
  queue: leaseExample.queue,
  day: leaseExample.day,
  number: 12,
  itemCode: caseExample.itemCode,
  takenAt: '2026-11-22T09:33:00+08:00',
  state: 'not-called' as const,
};

export const guideRatingExample = {
  id: '019ab4c0-5a00-7000-8000-000000000008',
  kioskId: caseExample.kioskId,
  hallCode: caseExample.hallCode,
  itemCode: caseExample.itemCode,
  itemVersion: 1,
  level: 'satisfied' as const,
  ratedOn: '2026-11-22',
};

export const enquiryExample = {
  id: '019ab4c0-5a00-7000-8000-000000000007',
  kioskId: caseExample.kioskId,
  hallCode: caseExample.hallCode,
  kind: 'complaint' as const,
  itemCode: caseExample.itemCode,
  text: '取号后等了三个小时，窗口无人说明原因。',
  contact: { phone: '13900000000' },
  answerCode: '7ZK3QW9DXN2RMB5TCHP8VYJ4FG',
  submittedAt: '2026-11-22T09:33:00+08:00',
};
