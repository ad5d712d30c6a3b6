import type { Day } from '../calendar/day.ts';
import type { CertificateLists } from './certificates.ts';
import { mayCommit, type CreditStanding, type HighRiskField, type NoCommitment } from './commitment.ts';
import type { RetainedProofs } from './retained-proofs.ts';

/** One material of an item, with all that may stand in for its paper. Ids are those of the published lists. */
export interface WantedMaterial {
  readonly id: string;
  /** A 证明 issued for this occasion, a certificate (证照) of that type, or another document. */
  readonly kind: 'proof' | 'document' | { readonly certificate: string };
  /** Law and article; absent when there is none. */
  readonly basis?: string;
  /** Types of other certificates that show the same. */
  readonly shownBy: readonly string[];
  /** Other materials of the application that show the same. */
  readonly coveredBy: readonly string[];
  /** Name of the service that can verify it. */
  readonly verifiableAt?: string;
  /** On the list of proofs that a written commitment can replace. */
  readonly commitment: boolean;
  /** Whether the one who issues the paper can find out what it says. */
  readonly issuerCanKnow: boolean;
  readonly field?: HighRiskField;
}

interface ECertificate {
  /** Identifier of the e-certificate (GB/T 36904). */
  readonly id: string;
  readonly type: string;
  readonly state: 'valid' | 'suspended' | 'revoked';
  /** The last day. */
  readonly validTo: Day | 'long-term';
}

/** What is there when the question comes up. */
export interface AtHand {
  readonly today: Day;
  /** Types of certificates that the person showed here: a card that was read, a 亮证 code. */
  readonly certificatesShown: readonly string[];
  readonly eCertificates: readonly ECertificate[];
  /** Answers of verifying services; a service that is not named was not asked or did not answer. */
  readonly verified: Readonly<Record<string, 'confirmed' | 'denied'>>;
  readonly materialsHandedIn: readonly string[];
  readonly credit: CreditStanding | 'unknown';
  /** What the person chose when a commitment was offered; nothing as long as nobody asked. */
  readonly commitment?: 'accepted' | 'declined';
}

/**
 * How a material is satisfied, from what costs the person least to what costs most. `source` names what stands in;
 * `reason` why this and nothing cheaper, or why it is not wanted at all.
 */
export type Substitution =
  | { readonly by: 'nothing'; readonly reason: 'no-legal-basis' | 'not-retained' | 'issuer-cannot-know' }
  | { readonly by: 'other-material'; readonly source: string; readonly reason: 'covered' }
  | { readonly by: 'certificate'; readonly source: string; readonly reason: 'shown' }
  | { readonly by: 'e-certificate'; readonly source: string; readonly reason: 'valid' }
  | { readonly by: 'network-check'; readonly source: string; readonly reason: 'confirmed' }
  /** `offered`: the person chooses between this and the paper. */
  | { readonly by: 'commitment'; readonly source: 'applicant'; readonly reason: 'offered' | 'accepted' }
  /** One of the 15 kinds no longer asked for on paper: the office finds it by itself. */
  | { readonly by: 'office'; readonly source: string; readonly reason: 'paper-free' }
  | { readonly by: 'paper'; readonly source: 'applicant'; readonly reason: NoCommitment | 'declined' | 'denied' };

/** Cheapest first. The office's own search comes before a commitment, which the person has to read and sign. */
export const substitutionOrder = [
  'nothing',
  'other-material',
  'certificate',
  'e-certificate',
  'network-check',
  'office',
  'commitment',
  'paper',
] as const satisfies readonly Substitution['by'][];

/**
 * The cheapest way to satisfy a material that holds. The paper comes last: a proof is not asked for when it has no legal
 * basis, a certificate, another material, a network check or a written commitment does, or its issuer cannot know it
 * (六个一律, 沧州市 2018), when it is not on the list of retained proofs, or when it is one of the kinds that are no
 * longer asked for on paper (德昌县 2021).
 */
export function substitute(
  wanted: WantedMaterial,
  at: AtHand,
  retained: RetainedProofs,
  lists: CertificateLists,
): Substitution {
  return withoutAsking(wanted, retained) ?? fromWhatIsThere(wanted, at) ?? fromOthers(wanted, at, lists);
}

function withoutAsking(wanted: WantedMaterial, retained: RetainedProofs): Substitution | undefined {
  if (wanted.basis === undefined) return { by: 'nothing', reason: 'no-legal-basis' };
  if (wanted.kind === 'proof' && !retained.proofs.some(({ id }) => id === wanted.id)) {
    return { by: 'nothing', reason: 'not-retained' };
  }
  return wanted.issuerCanKnow ? undefined : { by: 'nothing', reason: 'issuer-cannot-know' };
}

function fromWhatIsThere(wanted: WantedMaterial, at: AtHand): Substitution | undefined {
  const other = wanted.coveredBy.find((id) => at.materialsHandedIn.includes(id));
  if (other !== undefined) return { by: 'other-material', source: other, reason: 'covered' };
  const types = typeof wanted.kind === 'string' ? wanted.shownBy : [wanted.kind.certificate, ...wanted.shownBy];
  const shown = types.find((type) => at.certificatesShown.includes(type));
  if (shown !== undefined) return { by: 'certificate', source: shown, reason: 'shown' };
  const electronic = at.eCertificates.find(
    ({ type, state, validTo }) =>
      types.includes(type) && state === 'valid' && (validTo === 'long-term' || validTo >= at.today),
  );
  if (electronic) return { by: 'e-certificate', source: electronic.id, reason: 'valid' };
  const { verifiableAt } = wanted;
  if (verifiableAt === undefined || at.verified[verifiableAt] !== 'confirmed') return undefined;
  return { by: 'network-check', source: verifiableAt, reason: 'confirmed' };
}

function fromOthers(wanted: WantedMaterial, at: AtHand, lists: CertificateLists): Substitution {
  const certificate = typeof wanted.kind === 'string' ? undefined : wanted.kind.certificate;
  const paperFree = lists.paperFree.find(({ id }) => id === certificate);
  if (paperFree) return { by: 'office', source: paperFree.id, reason: 'paper-free' };
  // A commitment says that something is so. Where a register says that it is not, words cannot settle it.
  const denied = wanted.verifiableAt !== undefined && at.verified[wanted.verifiableAt] === 'denied';
  if (denied) return { by: 'paper', source: 'applicant', reason: 'denied' };
  const allowed = mayCommit(wanted.commitment, wanted.field, at.credit);
  if (!allowed.ok) return { by: 'paper', source: 'applicant', reason: allowed.reason };
  if (at.commitment === 'declined') return { by: 'paper', source: 'applicant', reason: 'declined' };
  return { by: 'commitment', source: 'applicant', reason: at.commitment ?? 'offered' };
}
