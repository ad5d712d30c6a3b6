import type { AnnouncedPage, CaseSubmission, RatingSubmission } from '../../contract/platform-api.ts';
import { announcedPage, caseSubmission, ratingSubmission } from '../../contract/platform-api.ts';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { OutboxRow } from '../outbox/outbox.ts';
import type { Seal } from '../store/seal.ts';
import { parseJson } from './transport.ts';

export type ReadyRecord =
  | { readonly step: 'case'; readonly content: CaseSubmission }
  | { readonly step: 'scan'; readonly content: AnnouncedPage }
  | { readonly step: 'rating'; readonly content: RatingSubmission };

/** `sealed-broken`: other device key or changed bytes. `content-broken`: what was sealed is not what this version sends. */
export type UnreadableReason = 'payload-missing' | 'sealed-broken' | 'content-broken';

/** Opens a record for sending; the image of a page is in a file of its own. What cannot be read waits for staff and is kept. */
export function readRecord(
  row: Pick<OutboxRow, 'id' | 'step' | 'payload'>,
  seal: Seal,
): Result<ReadyRecord, UnreadableReason> {
  if (!row.payload) return refused('payload-missing');
  const opened = seal.open(row.payload, row.id);
  if (!opened.ok) return refused('sealed-broken');
  const content = parseJson(opened.value.toString('utf8'));
  if (row.step === 'case') {
    const parsed = caseSubmission.safeParse(content);
    return parsed.success ? done({ step: 'case', content: parsed.data }) : refused('content-broken');
  }
  if (row.step === 'rating') {
    const parsed = ratingSubmission.safeParse(content);
    return parsed.success ? done({ step: 'rating', content: parsed.data }) : refused('content-broken');
  }
  const parsed = announcedPage.safeParse(content);
  return parsed.success ? done({ step: 'scan', content: parsed.data }) : refused('content-broken');
}

/** The bytes that get sealed into a row. */
export function writePayload(content: CaseSubmission | AnnouncedPage | RatingSubmission): Buffer {
  return Buffer.from(JSON.stringify(content), 'utf8');
}
