import type { Clock } from '../../contract/clock.ts';
import type { CertificatePurpose, CertificateSummary, UsedCertificate } from '../../contract/certificate-record.ts';
import type { KioskConfig } from '../../contract/config.ts';
import { type ApplicationDraft, useCertificate, wantsCertificate } from '../../domain/application.ts';
import type { Material } from '../../domain/item.ts';
import { substitute, wantedMaterial } from '../../domain/proofs/substitution.ts';
import { applicableMaterials } from '../../domain/situations.ts';
import { hallDay } from '../hall-time.ts';
import { makeUuidV7, type Random } from '../identifiers.ts';
import type { Failure, Outcome } from '../sync/outcome.ts';
import type { PlatformClient } from '../sync/platform-client.ts';

/** What was looked at for one material of one case: it is asked for once in a visit, and kept no longer than that. */
export interface CertificateLook {
  readonly listed: readonly CertificateSummary[];
  readonly used?: UsedCertificate;
}

export interface CertificateDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly config: Pick<KioskConfig, 'kioskId' | 'hall'>;
  readonly platform: Pick<
    PlatformClient,
    'listCertificates' | 'useCertificate' | 'verifyCertificate' | 'checkMaterial'
  >;
}

/** For whom, and what of theirs was looked at before. */
export interface CertificateVisit {
  /** The platform's word for who the applicant is. */
  readonly identity: string;
  readonly looks: Map<string, CertificateLook>;
  readonly signal: AbortSignal;
}

/**
 * Looks for e-certificates that stand for materials which would have to be scanned, in the order of `substitution.ts`, and
 * takes them. Each look is for one material of this application, whose case will have the id that the look was for.
 */
export async function takeCertificates(
  deps: CertificateDeps,
  draft: ApplicationDraft,
  { identity, looks, signal }: CertificateVisit,
): Promise<Outcome<ApplicationDraft>> {
  const { clock, random, platform } = deps;
  const caseId = draft.caseId ?? makeUuidV7(clock.now(), random);
  let taken: ApplicationDraft = { ...draft, caseId };
  for (const material of applicableMaterials(draft.item, draft.answers)) {
    if (!wantsCertificate(taken, material)) continue;
    const ask = askFor(deps, draft, caseId, material.id);
    const place = lookPlace(caseId, material.id);
    const listed = await listOnce(deps, { identity, looks, signal }, place, ask);
    if (listed.kind !== 'done') return listed;
    const chosen = choose(material, listed.value, hallDay(clock.now()));
    if (!chosen) continue;
    const used = await platform.useCertificate(identity, { ...ask, certificate: chosen.id }, signal);
    if (used.kind === 'done') {
      // After the end of the visit there is nothing to keep it for.
      if (!signal.aborted) looks.set(place, { listed: listed.value, used: used.value });
      const { id, name, issuer } = used.value.content;
      taken = useCertificate(taken, material.id, { id, name, issuer: issuer.name });
    } else if (!isGone(used)) return used;
  }
  return { kind: 'done', value: taken };
}

/** Where the looks for one material of a case are. */
export function lookPlace(caseId: string, material: string): string {
  return `${caseId} ${material}`;
}

/** By which machine, and for which item, case and material of it. */
export function askFor(
  { config }: Pick<CertificateDeps, 'config'>,
  { item }: ApplicationDraft,
  caseId: string,
  material: string,
): { readonly kioskId: string; readonly purpose: CertificatePurpose } {
  return { kioskId: config.kioskId, purpose: { item: item.code, caseId, material, place: config.hall.code } };
}

async function listOnce(
  { platform }: CertificateDeps,
  { identity, looks, signal }: CertificateVisit,
  place: string,
  ask: ReturnType<typeof askFor>,
): Promise<Outcome<readonly CertificateSummary[]>> {
  const known = looks.get(place);
  if (known) return { kind: 'done', value: known.listed };
  const listed = await platform.listCertificates(identity, ask, signal);
  if (listed.kind !== 'done') return listed;
  const { certificates } = listed.value;
  if (!signal.aborted) looks.set(place, { listed: certificates });
  return { kind: 'done', value: certificates };
}

/** Suspended or taken back since it was listed: the paper it is, then. */
function isGone(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.reason === 'rejected';
}

function choose(
  material: Material,
  certificates: readonly CertificateSummary[],
  today: string,
): CertificateSummary | undefined {
  const eCertificates = certificates.map(({ id, type, state, validTo }) => ({
    id,
    type,
    state,
    ...(validTo !== undefined && { validTo }),
  }));
  const nothingElse = { certificatesShown: [], verified: {}, materialsHandedIn: [], credit: 'unknown' as const };
  const chosen = substitute(
    wantedMaterial(material),
    { today, eCertificates, ...nothingElse },
    // Which proofs and papers may be asked for was settled when the catalogue was made.
    { retainedProofs: new Set(material.proof === undefined ? [] : [material.proof]), paperFree: new Set() },
  );
  return chosen.by === 'e-certificate' ? certificates.find(({ id }) => id === chosen.source) : undefined;
}
