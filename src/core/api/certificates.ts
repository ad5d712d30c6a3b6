import type { CertificateDeps, CertificateVisit } from '../application/take-certificates.ts';
import { identityOf } from '../session/visit-identity.ts';
import type { Service } from '../service.ts';
import type { Visit } from '../session/visits.ts';
import type { ApplicationDraft } from '../../domain/application.ts';
import type { CatalogueItem } from '../../domain/item.ts';
import type { Outcome } from '../sync/outcome.ts';
import { fromEarlier } from './base.ts';

type Errors = Parameters<typeof fromEarlier>[1] &
  Readonly<Record<'PLATFORM_UNREACHABLE' | 'CERTIFICATES_REFUSED', () => Error>>;
interface Open {
  readonly service: Service;
  readonly visit: Visit;
  readonly draft: ApplicationDraft;
}

/** Looks at certificates of the applicant, who has to be the same one still when the platform has answered. */
export async function withCertificates<T, E extends Errors>(
  open: (errors: E) => Open,
  errors: E,
  look: (deps: CertificateDeps, draft: ApplicationDraft, of: CertificateVisit) => Promise<Outcome<T>>,
): Promise<{ readonly value: T; readonly item: CatalogueItem }> {
  const { service, visit, draft } = open(errors);
  const person = fromEarlier(visit.person, errors);
  const identity = await identityOf(service, visit, person);
  const looked =
    identity.kind === 'done'
      ? await look(service, draft, { identity: identity.value, looks: visit.certificates, signal: visit.ended })
      : identity;
  if (looked.kind === 'retry') throw errors.PLATFORM_UNREACHABLE();
  if (looked.kind !== 'done') throw errors.CERTIFICATES_REFUSED();
  // Meanwhile the person may have left, and another one come.
  const { visit: now } = open(errors);
  if (now !== visit || now.person !== person) throw errors.WRONG_STEP();
  return { value: looked.value, item: draft.item };
}
