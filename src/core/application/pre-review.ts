import { type ApplicationDraft, fieldsToHandIn, materialsToHandIn } from '../../domain/application.ts';
import { type Defect, preReview } from '../../domain/notice/pre-review.ts';
import { proofLists } from '../catalogue/proof-lists.ts';
import { type CertificateLook, lookPlace } from './take-certificates.ts';

/**
 * What the platform would find in this application, by the same rules over the same item. It knows of more certificates than
 * were looked for here, so that it may find less, never more.
 */
export function preReviewOf(
  draft: ApplicationDraft,
  looks: ReadonlyMap<string, CertificateLook>,
  today: string,
): readonly Defect[] {
  const { item, answers, certificates = {}, checks = {}, caseId = '' } = draft;
  const materials = materialsToHandIn(draft);
  const pictures = Object.fromEntries(materials.map(({ id, pages }) => [id, pages.length]));
  const commitments = materials.flatMap(({ id, commitment }) => (commitment ? [id] : []));
  const eCertificates = Object.keys(certificates).flatMap((material) => {
    const content = looks.get(lookPlace(caseId, material))?.used?.content;
    if (!content) return [];
    const { id, type, validTo } = content;
    return [{ id, type, state: 'valid' as const, ...(validTo !== undefined && { validTo }) }];
  });
  const content = { answers, fields: fieldsToHandIn(draft), pictures, commitments };
  const verified = Object.fromEntries(Object.entries(checks).map(([id, { answer }]) => [id, answer]));
  return preReview(item, content, { eCertificates, today, credit: draft.credit ?? 'unknown', verified }, proofLists);
}
