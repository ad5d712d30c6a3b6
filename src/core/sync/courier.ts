import type { DeliveryRow } from '../outbox/deliveries.ts';
import type { Outcome } from './outcome.ts';

/** How a kind of records gets to the platform. */
export interface Courier<R extends DeliveryRow, A> {
  /** `needs-staff` without a request when the record itself cannot be read. */
  send(row: R, signal: AbortSignal): Promise<Sent<A>>;
  /** It arrived: in the transaction that writes so down. */
  arrived(row: R, answer: A): void;
}
export type Sent<A> = Outcome<A> | { readonly kind: 'needs-staff'; readonly reason: string };
