import { createHash } from 'node:crypto';
import type { KioskConfig } from '../../contract/config.ts';
import type { AuditTrail } from './audit-trail.ts';

/** Audits a configuration that is not the one of the last start, by its fingerprint. */
export function auditConfig(audit: Pick<AuditTrail, 'append' | 'last'>, config: KioskConfig): void {
  const fingerprint = createHash('sha256').update(JSON.stringify(config)).digest('hex');
  const last = audit.last('config-changed')?.target;
  if (last === fingerprint) return;
  const outcome = last === undefined ? 'first' : 'in-force';
  audit.append({ who: 'process:core', what: 'config-changed', target: fingerprint, outcome });
}
