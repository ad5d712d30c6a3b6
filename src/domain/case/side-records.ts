import { z } from 'zod';
import { done, refused, type Result } from '../result.ts';

const text = (longest: number) => z.string().trim().min(1).max(longest);
const at = z.iso.datetime({ offset: true });

/** 物流: a parcel with what was decided or made. */
const delivery = z.strictObject({
  kind: z.literal('delivery'),
  /** 运单号: names the parcel. */
  waybill: z.string().regex(/^[A-Za-z0-9-]{4,40}$/),
  /** 物流公司 */
  carrier: text(40),
  state: z.enum(['sent', 'on-the-way', 'received', 'returned']),
  at,
});

/** 支付: what is to be paid. Only the record of it: no money moves by this platform. */
const payment = z.strictObject({
  kind: z.literal('payment'),
  /** 缴款单号: names the bill. */
  bill: z.string().regex(/^[A-Za-z0-9-]{4,40}$/),
  /** 收费项目 */
  name: text(60),
  /** In 分, so that it is a whole number. */
  amountFen: z.int().positive().max(100_000_000),
  state: z.enum(['due', 'paid', 'refunded']),
  at,
});

/** 印章: a document of the case was sealed. */
const seal = z.strictObject({
  kind: z.literal('seal'),
  /** 文书编号: names the document; sealed once. */
  document: z.string().regex(/^[A-Za-z0-9-]{4,40}$/),
  name: text(60),
  /** 印章编码 */
  seal: z.string().regex(/^[A-Za-z0-9-]{4,40}$/),
  /** Of the sealed document, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  state: z.literal('sealed'),
  at,
});

/** 数据核查: somebody else's department was asked whether something is so, and said it. */
const dataAnswer = z.strictObject({
  kind: z.literal('data'),
  request: z.uuid(),
  /** What is looked up, in plain words. */
  name: text(60),
  department: text(60),
  state: z.enum(['asked', 'confirmed', 'not-found']),
  at,
});

/** What an office records itself. */
export const officeSideRecord = z.discriminatedUnion('kind', [delivery, payment, seal]);

/**
 * What stands beside the steps of a case: its parcels, bills and sealed documents, and what others were asked about it. The first three are after the data sets 物流、支付、印章 of
 * GB/T 39046-2020 (6.9, 公共支撑). Each record is one state of one of them.
 */
export const sideRecord = z.discriminatedUnion('kind', [delivery, payment, seal, dataAnswer]);
export type SideRecord = z.infer<typeof sideRecord>;

/** Which parcel, bill or document a record is about. */
export function subjectOf(record: SideRecord): string {
  switch (record.kind) {
    case 'delivery':
      return `delivery ${record.waybill}`;
    case 'payment':
      return `payment ${record.bill}`;
    case 'data':
      return `data ${record.request}`;
    default:
      return `seal ${record.document}`;
  }
}

type State = SideRecord['state'];

/** Each state, and those it may follow on; `undefined` begins. */
const before: Readonly<Record<State, readonly (State | undefined)[]>> = {
  sent: [undefined],
  'on-the-way': ['sent', 'on-the-way'],
  received: ['sent', 'on-the-way'],
  returned: ['sent', 'on-the-way'],
  due: [undefined],
  paid: ['due'],
  refunded: ['paid'],
  sealed: [undefined],
  asked: [undefined],
  // At once, where the register knows it.
  confirmed: [undefined, 'asked'],
  'not-found': ['asked'],
};

/**
 * - `not-from-here`: a parcel that was not sent is not received, a bill is paid once, a document sealed once.
 * - `bill-differs`: a bill keeps its amount and what it is for.
 * - `before-the-last`: earlier than the state before.
 */
export type SideProblem = 'not-from-here' | 'bill-differs' | 'before-the-last';

/** Whether a record can come after the last one about the same parcel, bill or document. */
export function mayFollow(last: SideRecord | undefined, next: SideRecord): Result<undefined, SideProblem> {
  if (!before[next.state].includes(last?.state))
    return refused('not-from-here', `${last?.state ?? 'nothing'} ${next.state}`);
  if (last?.kind === 'payment' && next.kind === 'payment') {
    if (last.amountFen !== next.amountFen || last.name !== next.name) return refused('bill-differs');
  }
  return last && Date.parse(next.at) < Date.parse(last.at) ? refused('before-the-last') : done();
}

/** What the applicant is told of a record: a parcel by the end of its number, of a sealed document only that there is one. */
export const sideNote = z.discriminatedUnion('kind', [
  z.object({ ...delivery.pick({ kind: true, carrier: true, state: true, at: true }).shape, waybillEnd: z.string() }),
  z.object(payment.pick({ kind: true, name: true, amountFen: true, state: true, at: true }).shape),
  z.object(dataAnswer.pick({ kind: true, name: true, department: true, state: true, at: true }).shape),
  z.object(seal.pick({ kind: true, name: true, state: true, at: true }).shape),
]);
export type SideNote = z.infer<typeof sideNote>;

export function noteOf(record: SideRecord): SideNote {
  switch (record.kind) {
    case 'delivery':
      return {
        kind: record.kind,
        carrier: record.carrier,
        waybillEnd: record.waybill.slice(-4),
        state: record.state,
        at: record.at,
      };
    case 'payment':
      return { kind: record.kind, name: record.name, amountFen: record.amountFen, state: record.state, at: record.at };
    case 'data':
      return {
        kind: record.kind,
        name: record.name,
        department: record.department,
        state: record.state,
        at: record.at,
      };
    default:
      return { kind: record.kind, name: record.name, state: record.state, at: record.at };
  }
}
