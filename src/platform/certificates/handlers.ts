import { implement } from '@orpc/server';
import { certificateCalls } from '../../contract/certificate-calls.ts';
import type { CertificateContent } from '../../contract/certificate-record.ts';
import { chinaDay } from '../official-numbers.ts';
import { identified } from '../identity/identified.ts';
import type { CallContext, SubjectDeps } from '../subject.ts';
import { findUsable, flawOn, listUsable, noteCall, readCalls, summaryOf } from './certificate-records.ts';
import { checkSealed } from './check-sealed.ts';
import { addShowing } from './showings.ts';
import { CERTIFICATE_COPY_LIFETIME_MS } from '../limits.ts';

/** For somebody's certificates the telephone alone is not enough. */
const NEEDED = 'substantial';

export function certificateHandlers(deps: SubjectDeps) {
  const { clock, database, faults } = deps;
  const server = implement(certificateCalls).$context<CallContext>();
  return {
    listCertificates: server.listCertificates.handler(async (call) => {
      const { subject } = identified(deps, call, NEEDED);
      await faults.mayBegin(call.signal);
      const { kioskId, purpose } = call.input.body;
      return database.transaction(async (sql) => {
        await noteCall(sql, subject, { at: clock.now().toISOString(), what: 'listed', by: kioskId, purpose });
        return { certificates: (await listUsable(sql, subject)).map(summaryOf) };
      });
    }),
    useCertificate: server.useCertificate.handler(async (call) => {
      const { subject } = identified(deps, call, NEEDED);
      await faults.mayBegin(call.signal);
      const { kioskId, certificate, purpose } = call.input.body;
      const now = clock.now();
      const kept = await findUsable(database, subject, certificate);
      if (!kept) throw call.errors.REFUSED({ data: { reason: 'unknown-certificate' } });
      if (flawOn(chinaDay(now), kept)) throw call.errors.REFUSED({ data: { reason: 'not-valid' } });
      const { content, seal } = kept;
      const madeAt = now.toISOString();
      // Nobody sees one that is not noted first.
      await noteCall(database, subject, {
        at: madeAt,
        what: 'used',
        certificate: named(content),
        by: kioskId,
        purpose,
      });
      const until = new Date(now.getTime() + CERTIFICATE_COPY_LIFETIME_MS).toISOString();
      return { content, seal, note: { purpose, kioskId, madeAt, until } };
    }),
    verifyCertificate: server.verifyCertificate.handler(async (call) => {
      const { subject } = identified(deps, call, NEEDED);
      await faults.mayBegin(call.signal);
      const { kioskId, certificate, contentHash, purpose } = call.input.body;
      const now = clock.now();
      const kept = await findUsable(database, subject, certificate);
      if (!kept) return { valid: false, flaw: 'unknown-certificate' as const };
      await noteCall(database, subject, {
        at: now.toISOString(),
        what: 'verified',
        certificate: named(kept.content),
        by: kioskId,
        purpose,
      });
      if (kept.seal.contentHash !== contentHash) return { valid: false, flaw: 'content-changed' as const };
      return checkSealed(deps, kept, now);
    }),
    showCertificate: server.showCertificate.handler(async (call) => {
      const { subject } = identified(deps, call, NEEDED);
      await faults.mayBegin(call.signal);
      const { kioskId, certificate, showing } = call.input.body;
      const now = clock.now();
      const kept = await findUsable(database, subject, certificate);
      if (!kept) throw call.errors.REFUSED({ data: { reason: 'unknown-certificate' } });
      if (flawOn(chinaDay(now), kept)) throw call.errors.REFUSED({ data: { reason: 'not-valid' } });
      const at = now.toISOString();
      return database.transaction(async (sql) => {
        await noteCall(sql, subject, { at, what: 'shown', certificate: named(kept.content), by: kioskId, showing });
        return addShowing(sql, { certificate, subject, purpose: showing, shownAt: at });
      });
    }),
    certificateLog: server.certificateLog.handler(async (call) => {
      const { subject } = identified(deps, call, NEEDED);
      await faults.mayBegin(call.signal);
      return { calls: await readCalls(database, subject) };
    }),
    checkSeal: server.checkSeal.handler(
      async ({ input: { kioskId, certificate }, errors, context: { device }, signal }) => {
        if (device && device.kioskId !== kioskId) throw errors.OTHER_DEVICE();
        await faults.mayBegin(signal);
        return checkSealed(deps, certificate, clock.now());
      },
    ),
  };
}

function named({ id, name }: CertificateContent): { id: string; name: string } {
  return { id, name };
}
