import { implement } from '@orpc/server';
import { certificateOfficeCalls, issued, shownCertificate, stateChanged } from '../../contract/office/certificates.ts';
import { checkCertificateId } from '../../domain/checks/certificate-id.ts';
import { maskId } from '../../domain/masking.ts';
import { done, refused } from '../../domain/result.ts';
import { chinaDay } from '../official-numbers.ts';
import { type CallContext, type SubjectDeps, writeOnce } from '../subject.ts';
import { addCertificate, findCertificate, flawOn, noteCall, setState } from './certificate-records.ts';
import { checkSealed } from './check-sealed.ts';
import { takeShowing } from './showings.ts';

export function certificateOfficeHandlers(deps: SubjectDeps) {
  const { clock, faults, identities, seals } = deps;
  const server = implement(certificateOfficeCalls).$context<CallContext>();
  return {
    issue: server.issue.handler((call) =>
      writeOnce(deps, 'certificate', call, issued, async (sql, { officer, certificate, seal, usableBy }, at) => {
        // A check character that does not fit is on genuine ones too.
        if (checkCertificateId(certificate.id).level === 'stop') return refused('id-malformed');
        if (certificate.issuer.creditCode !== officer.office) return refused('other-issuer');
        if (await findCertificate(sql, certificate.id)) return refused('exists-already');
        const sealed = { content: certificate, seal: seals.seal(certificate, seal, at) };
        const subjects = usableBy.map(({ kind, number }) => identities.subjectOf(kind, number));
        await addCertificate(sql, sealed, subjects);
        return done({ id: certificate.id, seal: sealed.seal });
      }),
    ),
    setState: server.setState.handler((call) =>
      writeOnce(deps, 'certificate-state', call, stateChanged, async (sql, { officer, certificate: id, state }) => {
        const kept = await findCertificate(sql, id);
        if (!kept) return refused('unknown-certificate');
        if (kept.content.issuer.creditCode !== officer.office) return refused('other-issuer');
        await setState(sql, id, state);
        return done({ id, state });
      }),
    ),
    look: server.look.handler((call) =>
      writeOnce(deps, 'certificate-look', call, shownCertificate, async (sql, { officer, token }, at) => {
        const taken = await takeShowing(sql, token, officer.office, at);
        if (!taken.ok) return taken;
        const { certificate: id, subject, purpose: showing, shownAt } = taken.value;
        const kept = await findCertificate(sql, id);
        if (!kept) return refused('token-unknown');
        const { content } = kept;
        const certificate = { id, name: content.name };
        await noteCall(sql, subject, {
          at: at.toISOString(),
          what: 'looked-at',
          certificate,
          by: officer.office,
          showing,
        });
        const flaw = seals.flawOf(content, kept.seal) ?? flawOn(chinaDay(at), kept);
        const holder = { ...content.holder, number: maskId(content.holder.number) };
        return done({
          certificate: { ...content, holder },
          seal: flaw ? { valid: false, flaw } : { valid: true },
          showing,
          shownAt,
        });
      }),
    ),
    checkSeal: server.checkSeal.handler(async ({ input, signal }) => {
      await faults.mayBegin(signal);
      return checkSealed(deps, input, clock.now());
    }),
  };
}
