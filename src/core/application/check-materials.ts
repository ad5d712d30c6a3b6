import { type ApplicationDraft, wantsNetworkCheck } from '../../domain/application.ts';
import { applicableMaterials } from '../../domain/situations.ts';
import { makeUuidV7 } from '../identifiers.ts';
import type { Outcome } from '../sync/outcome.ts';
import { askFor, type CertificateDeps, type CertificateVisit } from './take-certificates.ts';

/**
 * Has materials that would have to be scanned checked over the network (网络核验), each for one material of this application,
 * whose case will have the id that the check was for. What the platform cannot have checked is asked for as before.
 */
export async function checkMaterials(
  deps: CertificateDeps,
  draft: ApplicationDraft,
  { identity, signal }: CertificateVisit,
): Promise<Outcome<ApplicationDraft>> {
  const { clock, random, platform } = deps;
  const caseId = draft.caseId ?? makeUuidV7(clock.now(), random);
  const checks = { ...draft.checks };
  for (const material of applicableMaterials(draft.item, draft.answers)) {
    if (!wantsNetworkCheck(draft, material)) continue;
    const asked = await platform.checkMaterial(identity, askFor(deps, draft, caseId, material.id), signal);
    if (asked.kind === 'done') {
      if (asked.value.check) checks[material.id] = asked.value.check;
    } else if (asked.kind !== 'refused' || asked.reason !== 'rejected') return asked;
  }
  return { kind: 'done', value: { ...draft, caseId, checks } };
}
