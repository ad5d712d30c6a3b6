import { createHash } from 'node:crypto';
import type { SealFlaw } from '../../contract/certificate-record.ts';
import type { ApplicationDraft } from '../../domain/application.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { differingLabels } from '../../domain/proofs/compare-certificate.ts';
import { applicableFields } from '../../domain/situations.ts';
import type { Outcome } from '../sync/outcome.ts';
import { askFor, type CertificateDeps, type CertificateVisit, lookPlace } from './take-certificates.ts';

/** What was found about the certificate of one material. */
export interface CertificateFinding {
  readonly material: string;
  /** It does not count any more. */
  readonly flaw?: SealFlaw;
  /** Labels of answers that say something else than it does. */
  readonly differs: string[];
}

/**
 * Has the platform say of each certificate that was taken whether the copy here is the one that was sealed and still counts,
 * and compares it with the form. Neither the copy nor the answers leave the kiosk for that: its hash does.
 *
 * @returns findings only; nothing for those with which all is well
 */
export async function checkCertificates(
  deps: CertificateDeps,
  draft: ApplicationDraft,
  { identity, looks, signal }: CertificateVisit,
): Promise<Outcome<CertificateFinding[]>> {
  const findings: CertificateFinding[] = [];
  const { caseId = '', certificates = {} } = draft;
  for (const material of Object.keys(certificates)) {
    const copy = looks.get(lookPlace(caseId, material))?.used;
    if (!copy) continue;
    const contentHash = createHash('sha256').update(canonicalJson(copy.content)).digest('hex');
    const ask = { ...askFor(deps, draft, caseId, material), certificate: copy.content.id, contentHash };
    const verified = await deps.platform.verifyCertificate(identity, ask, signal);
    if (verified.kind !== 'done') return verified;
    const { flaw } = verified.value;
    const differs = differingLabels(saidIn(draft), copy.content.fields);
    if (flaw !== undefined || differs.length > 0)
      findings.push({ material, differs, ...(flaw !== undefined && { flaw }) });
  }
  return { kind: 'done', value: findings };
}

/** The answers of the form by their labels, as they read. */
function saidIn({ item, answers, values }: ApplicationDraft): Record<string, string> {
  const said: Record<string, string> = {};
  for (const field of applicableFields(item, answers)) {
    const value = values[field.name]?.value;
    if (value === undefined || field.type === 'choices') continue;
    const option = field.type === 'choice' ? field.options.find(({ id }) => id === value)?.label : undefined;
    said[field.label] = option ?? value;
  }
  return said;
}
