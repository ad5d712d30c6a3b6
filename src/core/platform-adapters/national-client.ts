import { createHash } from 'node:crypto';
import { z } from 'zod';
import { newsOf } from '../../contract/changes.ts';
import type { ComparedKind } from '../../contract/reconciliation.ts';
import { applicationRecord, nationalApplication } from '../../domain/case/national-application.ts';
import { summarise, type RecordDigest } from '../../domain/reconciliation.ts';
import { hallTime } from '../hall-time.ts';
import type { Outcome } from '../sync/outcome.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import { createAsk, type NationalLinkDeps } from './national-link.ts';
import { compactTime, foundCase, progressOf } from './national-progress.ts';
import { ratingRecord } from './national-rating.ts';
import type { AdapterDeps } from './registry.ts';
import { digestSm3 } from './signature.ts';

export interface NationalDeps extends AdapterDeps, NationalLinkDeps {
  /** Three digits that the province gave to this kind of source. */
  readonly dataSource: string;
}

const registered = z.object({ projectNo: z.string().min(1), receiveTime: compactTime, partNos: z.array(z.string()) });
const taken = z.object({ receiveTime: compactTime });
/** SM3 in hex of each record's `data` as it was received. */
const recordsOfDay = z.object({
  records: z.array(z.object({ recordId: z.string(), digest: z.string().regex(/^[0-9a-f]{64}$/) })),
});
/** What goes by the national style and so is compared with it. */
const comparedThere = ['case', 'rating'] as const satisfies readonly ComparedKind[];

/**
 * Cases, their pages, ratings, progress and the daily comparison of cases and ratings by interfaces of the national style; all
 * else, such as what comes down to the kiosk and its own records, by our own platform as before. The platform is there when
 * both are.
 */
export function createNationalClient(own: PlatformClient, deps: NationalDeps): PlatformClient {
  const { clock, cases, catalogue, incoming, dataSource } = deps;
  const ask = createAsk(deps);
  return {
    ...own,
    // A spread would take down what it was at this moment.
    get versionGap() {
      return own.versionGap;
    },
    async health(signal) {
      const [mine, theirs] = await Promise.all([
        own.health(signal),
        ask('/time', '{}', z.object({ time: compactTime }), { limit: 'ask', signal }),
      ]);
      return theirs.kind === 'done' ? mine : theirs;
    },
    async submitCase(recordId, submission, signal) {
      const record = nationalApplication.safeParse(applicationRecord(submission));
      if (!record.success) return invalid(record.error.issues.map(({ path }) => path.join('.')).join(', '));
      const data = JSON.stringify(record.data);
      const mark = { recordId, ...clockAhead(submission) };
      const answer = await ask('/case/apply', data, registered, { limit: 'write', signal, record: mark });
      if (answer.kind !== 'done') return answer;
      const { projectNo, receiveTime, partNos } = answer.value;
      const receipt = { officialNumber: projectNo, receivedAt: receiveTime, partNumbers: partNos };
      return { kind: 'done', value: { ...receipt, digest: digestSm3(data) } };
    },
    async uploadPage({ page, image }, signal) {
      const record = cases.get(page.caseId);
      if (!record) return { kind: 'conflict', reason: 'unknown-case', detail: 'not a case of this kiosk' };
      const data = {
        applyNo: record.provisionalNumber,
        materialCode: page.material,
        pageId: page.id,
        sha256: page.sha256,
        sm3: digestSm3(image),
        content: image.toString('base64'),
      };
      const mark = { recordId: page.id };
      const answer = await ask('/case/material', JSON.stringify(data), taken, { limit: 'write', signal, record: mark });
      return answer.kind === 'done' ? { kind: 'done', value: null } : answer;
    },
    async submitRating(recordId, submission, signal) {
      const record = cases.get(submission.caseId);
      const item = record && catalogue.items.get(record.itemCode);
      const rating = ratingRecord(submission, { record, item, dataSource, now: hallTime(clock.now()) });
      if (!rating.ok) return { kind: 'refused', reason: rating.reason, detail: rating.detail ?? '' };
      const data = JSON.stringify(rating.value);
      const mark = { recordId, ...clockAhead(submission) };
      const answer = await ask('/rating/upload', data, taken, { limit: 'write', signal, record: mark });
      if (answer.kind !== 'done') return answer;
      return { kind: 'done', value: { receivedAt: answer.value.receiveTime, digest: digestSm3(data) } };
    },
    async progress(number, signal) {
      const answer = await ask('/case/progress', JSON.stringify({ number }), foundCase, { limit: 'ask', signal });
      if (answer.kind !== 'done') return answer;
      // Beside the stage nothing is told there; of this kiosk's own cases more may have come down by our own platform.
      const known = cases.find(number);
      const { stage: _stage, ...news } = newsOf(known ? incoming.about(known.id) : [], clock.now());
      return { kind: 'done', value: { ...news, ...progressOf(answer.value) } };
    },
    async daySummaries(kioskId, day, signal) {
      const rest = await own.daySummaries(kioskId, day, signal);
      if (rest.kind !== 'done') return rest;
      const summaries = rest.value.summaries.filter(({ kind }) => !isComparedThere(kind));
      for (const kind of comparedThere) {
        const records = await dayRecords(day, kind, signal);
        if (records.kind !== 'done') return records;
        summaries.push({ kind, ...summarise(records.value.records, sha256) });
      }
      return { kind: 'done', value: { summaries } };
    },
    dayRecords: (kioskId, day, kind, signal) =>
      isComparedThere(kind) ? dayRecords(day, kind, signal) : own.dayRecords(kioskId, day, kind, signal),
  };

  /** @param day YYYY-MM-DD of the receipt, by the receiver's clock */
  async function dayRecords(
    day: string,
    kind: string,
    signal: AbortSignal | undefined,
  ): Promise<Outcome<{ readonly records: readonly RecordDigest[] }>> {
    const answer = await ask('/records/day', JSON.stringify({ day, kind }), recordsOfDay, { limit: 'write', signal });
    if (answer.kind !== 'done') return answer;
    const records = answer.value.records.map(({ recordId, digest }) => ({ id: recordId, digest }));
    return { kind: 'done', value: { records } };
  }
}

function isComparedThere(kind: string): boolean {
  return comparedThere.some((one) => one === kind);
}

function clockAhead({ clockSuspect }: { readonly clockSuspect?: { readonly driftSeconds: number } | undefined }) {
  return clockSuspect === undefined ? {} : { clockAhead: clockSuspect.driftSeconds };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function invalid(detail: string): Outcome<never> {
  return { kind: 'refused', reason: 'invalid', detail };
}
