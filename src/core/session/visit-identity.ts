import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig } from '../../contract/config.ts';
import type { IdentityToken } from '../../contract/identity-calls.ts';
import type { CardPerson } from '../../domain/identity.ts';
import { IDENTITY_RENEW_MS } from '../limits.ts';
import type { Outcome } from '../sync/outcome.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import type { Visit } from './visits.ts';

interface IdentityDeps {
  readonly clock: Clock;
  readonly config: Pick<KioskConfig, 'kioskId'>;
  readonly platform: Pick<PlatformClient, 'exchangeIdentity'>;
}

/**
 * The platform's word for who is at the kiosk: asked for when it is needed first, and again shortly before it is over. It is
 * in the memory of the visit alone, which the wipe forgets, and never written down.
 */
export async function identityOf(
  { clock, config: { kioskId }, platform }: IdentityDeps,
  visit: Visit,
  person: CardPerson,
): Promise<Outcome<string>> {
  const known = visit.identity;
  if (known && Date.parse(known.expiresAt) - clock.now().getTime() > IDENTITY_RENEW_MS)
    return { kind: 'done', value: known.token };
  const { name, idNumber, validTo } = person;
  const asked = await platform.exchangeIdentity(
    { kioskId, reading: { method: 'id-card', person: { name, idNumber }, validTo } },
    visit.ended,
  );
  if (asked.kind !== 'done') return asked;
  // Another card, or nobody any more: the token is for who is gone.
  if (visit.person === person) visit.identity = pick(asked.value);
  return { kind: 'done', value: asked.value.token };
}

function pick({ token, expiresAt }: IdentityToken): NonNullable<Visit['identity']> {
  return { token, expiresAt };
}
