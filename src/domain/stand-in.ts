import type { ApplicationDraft } from './application.ts';
import type { Material } from './item.ts';
import { substitute, type Substitution, wantedMaterial } from './proofs/substitution.ts';

/**
 * What is in place of a paper that would be scanned, by the order of {@link substitute}; undefined when the paper is asked
 * for. What nobody looked for, or did not find, stands for nothing, and a commitment only when it was chosen.
 */
export function standInOf(draft: ApplicationDraft, material: Material): Substitution | undefined {
  if (material.source !== 'scan') return undefined;
  const taken = draft.certificates?.[material.id];
  if (taken) return { by: 'e-certificate', source: taken.id, reason: 'valid' };
  const found = cheapest(draft, material, draft.commitments?.[material.id]);
  if (found?.by === 'commitment') return found.reason === 'accepted' ? found : undefined;
  return found?.by === 'paper' ? undefined : found;
}

/**
 * Whether the applicant may choose a written commitment (告知承诺) in place of the paper, also one who has declined it. Nobody
 * commits to what they were not told, so that one without its text is not offered.
 */
export function isCommitmentOffered(draft: ApplicationDraft, material: Material): boolean {
  const hasCertificate = draft.certificates?.[material.id] !== undefined;
  const hasText = material.pledge !== undefined;
  return material.source === 'scan' && hasText && !hasCertificate && cheapest(draft, material)?.by === 'commitment';
}

function cheapest(
  { item, lists, credit, checks }: ApplicationDraft,
  material: Material,
  choice?: 'accepted' | 'declined',
): Substitution | undefined {
  // Certificates were looked at before, so that the day does not matter.
  const nothing = { today: '', certificatesShown: [], eCertificates: [], materialsHandedIn: [] };
  const answer = checks?.[material.id]?.answer;
  const verified = answer ? { [material.id]: answer } : {};
  const atHand = {
    ...nothing,
    verified,
    credit: credit ?? ('unknown' as const),
    ...(choice && { commitment: choice }),
  };
  return lists && substitute(wantedMaterial(material, item.highRisk), atHand, lists);
}
