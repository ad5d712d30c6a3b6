import { z } from 'zod';
import type { CaseSubmission, RatingSubmission, ScanSubmission } from '../../contract/platform-api.ts';
import { caseSubmission, ratingSubmission, scanSubmission } from '../../contract/platform-api.ts';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { PageFiles } from '../case/page-files.ts';
import type { OutboxRow } from '../outbox/outbox.ts';
import type { Seal } from '../store/seal.ts';

/** A page's row: what goes with the image, which is in a file of its own. */
const scanPayload = scanSubmission.omit({ image: true });
export type ScanPayload = z.infer<typeof scanPayload>;

export type ReadyRecord =
  | { readonly step: 'case'; readonly content: CaseSubmission }
  | { readonly step: 'scan'; readonly content: ScanSubmission }
  | { readonly step: 'rating'; readonly content: RatingSubmission };

/** `sealed-broken`: other device key or changed bytes. `content-broken`: what was sealed is not what this version sends. */
export type UnreadableReason = 'payload-missing' | 'sealed-broken' | 'content-broken' | 'page-missing';

/** Opens a record for sending. What cannot be read waits for staff and is kept. */
export function readRecord(row: OutboxRow, seal: Seal, pages: PageFiles): Result<ReadyRecord, UnreadableReason> {
  if (!row.payload) return refused('payload-missing');
  const opened = seal.open(row.payload, row.id);
  if (!opened.ok) return refused('sealed-broken');
  const content: unknown = JSON.parse(opened.value.toString('utf8'));
  if (row.step === 'case') {
    const parsed = caseSubmission.safeParse(content);
    return parsed.success ? done({ step: 'case', content: parsed.data }) : refused('content-broken');
  }
  if (row.step === 'rating') {
    const parsed = ratingSubmission.safeParse(content);
    return parsed.success ? done({ step: 'rating', content: parsed.data }) : refused('content-broken');
  }
  const parsed = scanPayload.safeParse(content);
  if (!parsed.success) return refused('content-broken');
  const image = pages.read(row.id);
  if (!image.ok) return refused(image.reason === 'file-missing' ? 'page-missing' : 'sealed-broken');
  return done({ step: 'scan', content: { ...parsed.data, image: image.value.toString('base64') } });
}

/** The bytes that get sealed into a row. */
export function writePayload(content: CaseSubmission | ScanPayload | RatingSubmission): Buffer {
  return Buffer.from(JSON.stringify(content), 'utf8');
}
