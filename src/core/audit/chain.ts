import { hash } from 'node:crypto';

/** Who did it: the kiosk for a person at it (who is never named here), staff by number, or a process of ours. */
export type AuditWho = 'kiosk' | `staff:${string}` | `process:${string}`;

/** Every kind of thing that is audited. */
export type AuditWhat =
  | 'case-handed-in'
  | 'case-rated'
  | 'enquiry-handed-in'
  | 'supplement-handed-in'
  | 'record-delivered'
  | 'record-parked'
  | 'record-copied'
  | 'copy-parked'
  | 'record-erased'
  | 'visit-wiped'
  | 'config-changed'
  | 'store-set-aside'
  | 'cryptography-changed'
  | 'key-rotated'
  | 'backed-up'
  | 'restored'
  | 'clock-set-back'
  | 'clock-suspect'
  | 'clock-right'
  | 'records-compared'
  | 'config-accepted'
  | 'config-rejected'
  | 'config-returned'
  | `staff-${string}`;

/** What one row tells. `target` is an id or a fixed word; nothing of a person is in any of these. */
export interface AuditEvent {
  readonly who: AuditWho;
  readonly what: AuditWhat;
  readonly target: string;
  readonly outcome: string;
}

/** A row as it is stored, without its hash. */
export interface AuditRow {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** ISO 8601 with the hall's offset. */
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly target: string;
  readonly outcome: string;
}

/** What the first row stands on: 32 zero bytes. */
export const CHAIN_START: Uint8Array = Buffer.alloc(32);

/** SHA-256 over the hash of the row before (32 bytes) and the row's values as a JSON array, UTF-8. */
export function hashRow(before: Uint8Array, row: AuditRow): Buffer {
  const { sequence, at, who, what, target, outcome } = row;
  const values = JSON.stringify([sequence, at, who, what, target, outcome]);
  return hash('sha256', Buffer.concat([before, Buffer.from(values)]), 'buffer');
}
