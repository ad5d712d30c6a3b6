import type { Day } from '../calendar/day.ts';
import { mayCommit, type CreditStanding, type HighRiskField, type NoCommitment } from './commitment.ts';

/** One material of an item, with all that may stand in for its paper. */
export interface WantedMaterial {
  /** A 证明 issued for this occasion, by its id on the retained list; a certificate (证照) of a type; another document. */
  readonly kind: { readonly proof: string } | { readonly certificate: string } | 'document';
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
  /** The last day; absent when it never ends (长期). */
  readonly validTo?: Day;
}

/** What was published about proofs and certificates, by id. */
export interface PublishedLists {
  /** 保留证明事项清单: a proof that is not on it may not be asked for (沧州市 2018). */
  readonly retainedProofs: ReadonlySet<string>;
  /** Types of certificates that are not asked for on paper any more: 15 in 德昌县 2021. */
  readonly paperFree: ReadonlySet<string>;
}

export const networkAnswers = ['confirmed', 'denied', 'asked'] as const;
export type NetworkAnswer = (typeof networkAnswers)[number];

/** What is there when the question comes up. */
export interface AtHand {
  readonly today: Day;
  /** Types of certificates that the person showed here: a card that was read, a 亮证 code. */
  readonly certificatesShown: readonly string[];
  readonly eCertificates: readonly ECertificate[];
  /**
   * Answers of verifying services; a service that is not named was not asked or did not answer. `asked`: the department that
   * has it answers later, and the applicant need not wait for that.
   */
  readonly verified: Readonly<Record<string, NetworkAnswer>>;
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
  | { readonly by: 'network-check'; readonly source: string; readonly reason: 'confirmed' | 'asked' }
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
export function substitute(wanted: WantedMaterial, at: AtHand, lists: PublishedLists): Substitution {
  return withoutAsking(wanted, lists) ?? fromWhatIsThere(wanted, at) ?? fromOthers(wanted, at, lists);
}

function withoutAsking(
  { basis, kind, issuerCanKnow }: WantedMaterial,
  lists: PublishedLists,
): Substitution | undefined {
  if (basis === undefined) return { by: 'nothing', reason: 'no-legal-basis' };
  if (typeof kind === 'object' && 'proof' in kind && !lists.retainedProofs.has(kind.proof)) {
    return { by: 'nothing', reason: 'not-retained' };
  }
  return issuerCanKnow ? undefined : { by: 'nothing', reason: 'issuer-cannot-know' };
}

function fromWhatIsThere(wanted: WantedMaterial, at: AtHand): Substitution | undefined {
  const other = wanted.coveredBy.find((id) => at.materialsHandedIn.includes(id));
  if (other !== undefined) return { by: 'other-material', source: other, reason: 'covered' };
  const types = [...typeOf(wanted), ...wanted.shownBy];
  const shown = types.find((type) => at.certificatesShown.includes(type));
  if (shown !== undefined) return { by: 'certificate', source: shown, reason: 'shown' };
  const electronic = at.eCertificates.find(
    ({ type, state, validTo }) =>
      types.includes(type) && state === 'valid' && (validTo === undefined || validTo >= at.today),
  );
  if (electronic) return { by: 'e-certificate', source: electronic.id, reason: 'valid' };
  const { verifiableAt } = wanted;
  const answer = verifiableAt === undefined ? undefined : at.verified[verifiableAt];
  if (verifiableAt === undefined || answer === undefined || answer === 'denied') return undefined;
  return { by: 'network-check', source: verifiableAt, reason: answer };
}

function fromOthers(wanted: WantedMaterial, at: AtHand, { paperFree }: PublishedLists): Substitution {
  const found = typeOf(wanted).find((type) => paperFree.has(type));
  if (found !== undefined) return { by: 'office', source: found, reason: 'paper-free' };
  // A commitment says that something is so. Where a register says that it is not, words cannot settle it.
  const denied = wanted.verifiableAt !== undefined && at.verified[wanted.verifiableAt] === 'denied';
  if (denied) return { by: 'paper', source: 'applicant', reason: 'denied' };
  const allowed = mayCommit(wanted.commitment, wanted.field, at.credit);
  if (!allowed.ok) return { by: 'paper', source: 'applicant', reason: allowed.reason };
  if (at.commitment === 'declined') return { by: 'paper', source: 'applicant', reason: 'declined' };
  return { by: 'commitment', source: 'applicant', reason: at.commitment ?? 'offered' };
}

const typeOf = ({ kind }: WantedMaterial): string[] =>
  typeof kind === 'object' && 'certificate' in kind ? [kind.certificate] : [];

/** What the catalogue says of a material that matters here. */
export interface ListedMaterial {
  readonly id: string;
  readonly basis: { readonly title: string; readonly article: string };
  /** The type of certificate that it is. */
  readonly certificate?: string | undefined;
  /** Of a proof: its id on the retained list. */
  readonly proof?: string | undefined;
  /** What may stand for it. */
  readonly substitutes?: readonly string[] | undefined;
}

/** A material of the catalogue as it is wanted. Its network check goes by the id of the material. */
export function wantedMaterial(material: ListedMaterial, field?: HighRiskField): WantedMaterial {
  const { id, basis, certificate, proof, substitutes = [] } = material;
  const other = certificate === undefined ? ('document' as const) : { certificate };
  return {
    kind: proof === undefined ? other : { proof },
    basis: `${basis.title}${basis.article}`,
    shownBy: proof === undefined || certificate === undefined ? [] : [certificate],
    coveredBy: [],
    ...(substitutes.includes('network-check') && { verifiableAt: id }),
    commitment: substitutes.includes('commitment'),
    issuerCanKnow: true,
    ...(field && { field }),
  };
}
