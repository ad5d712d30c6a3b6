import { done, refused, type Result } from '../result.ts';

/**
 * Fields in which no written commitment may take the place of a proof (国办发〔2020〕42号): 国家安全和秘密、公共安全、金融业审慎
 * 监管、生态环境保护、人身健康和生命安全、重要涉外.
 */
export const highRiskFields = [
  'national-security',
  'public-safety',
  'prudential-finance',
  'environment',
  'health-and-life',
  'foreign-matters',
] as const;
export type HighRiskField = (typeof highRiskFields)[number];

/** What the credit service says of the applicant. `unknown`: it was not asked or gave no answer. */
export interface CreditStanding {
  readonly seriousDishonesty: boolean;
  /** A commitment that turned out to be false. */
  readonly falseCommitment: boolean;
  /** 信用修复: both of the above no longer count. */
  readonly repaired: boolean;
}

export type NoCommitment =
  /** The list of 告知承诺 items does not have this proof. */
  | 'not-on-the-list'
  | 'high-risk-field'
  | 'bad-credit'
  | 'false-commitment-before'
  /** Without an answer of the credit service nobody can say that the applicant may. */
  | 'credit-unknown';

/**
 * Whether the applicant may choose to commit in writing (告知承诺) instead of bringing a proof, after 国办发〔2020〕42号. It
 * is only ever an offer: who does not want it brings the proof as before and is not turned away.
 *
 * @param listed whether this proof is on the published list of those that a commitment can replace
 */
export function mayCommit(
  listed: boolean,
  field: HighRiskField | undefined,
  credit: CreditStanding | 'unknown',
): Result<undefined, NoCommitment> {
  if (!listed) return refused('not-on-the-list');
  if (field !== undefined) return refused('high-risk-field', field);
  if (credit === 'unknown') return refused('credit-unknown');
  if (credit.repaired) return done();
  if (credit.falseCommitment) return refused('false-commitment-before');
  return credit.seriousDishonesty ? refused('bad-credit') : done();
}
