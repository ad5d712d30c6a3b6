import type { CertificateContent, SealFlaw, SealRecord } from '../../contract/certificate-record.ts';
import { chinaDay } from '../official-numbers.ts';
import type { SubjectDeps } from '../subject.ts';
import { findCertificate, flawOn } from './certificate-records.ts';

/** Whether a sealed certificate says what was sealed, and counts now. */
export async function checkSealed(
  { database, seals }: Pick<SubjectDeps, 'database' | 'seals'>,
  { content, seal }: { readonly content: CertificateContent; readonly seal: SealRecord },
  at: Date,
): Promise<{ valid: boolean; flaw?: SealFlaw }> {
  const broken = seals.flawOf(content, seal);
  if (broken) return { valid: false, flaw: broken };
  const kept = await findCertificate(database, content.id);
  const flaw = kept ? flawOn(chinaDay(at), kept) : 'unknown-certificate';
  return flaw ? { valid: false, flaw } : { valid: true };
}
