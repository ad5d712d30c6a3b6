import { IDENTITY_HEADER } from '../../contract/citizen-call.ts';
import { type AssuranceLevel, suffices } from '../../domain/assurance.ts';
import type { CallContext, SubjectDeps } from '../subject.ts';
import type { Identity } from './identities.ts';

/** What a call for somebody's own things is given, as far as it is used; see `contract/citizen-call.ts`. */
interface CitizenCall {
  readonly input: {
    readonly headers: { readonly [IDENTITY_HEADER]?: string | undefined };
    readonly body: { readonly kioskId: string };
  };
  readonly errors: {
    OTHER_DEVICE(): Error;
    IDENTITY_NEEDED(options: { data: { reason: 'no-token' | 'assurance-too-low' } }): Error;
  };
  readonly context: CallContext;
}

/** Who is at the kiosk, by the call's token; throws the call's own refusal when nobody is, or not surely enough. */
export function identified(
  { identities }: Pick<SubjectDeps, 'identities'>,
  { input: { headers, body }, errors, context: { device } }: CitizenCall,
  needed: AssuranceLevel,
): Identity {
  if (device && device.kioskId !== body.kioskId) throw errors.OTHER_DEVICE();
  const token = headers[IDENTITY_HEADER];
  const identity = token === undefined ? undefined : identities.read(token);
  const isHere = identity?.kioskId === body.kioskId && identity.fingerprint === (device?.fingerprint ?? '');
  if (!identity || !isHere) throw errors.IDENTITY_NEEDED({ data: { reason: 'no-token' } });
  if (!suffices(identity.level, needed)) throw errors.IDENTITY_NEEDED({ data: { reason: 'assurance-too-low' } });
  return identity;
}
