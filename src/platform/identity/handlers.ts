import { implement } from '@orpc/server';
import { type IdentityReading, identityCalls } from '../../contract/identity-calls.ts';
import { identityOfficeCalls, issuedCode } from '../../contract/office/identity.ts';
import { assuranceOf } from '../../domain/assurance.ts';
import { checkCreditCode } from '../../domain/credit-code.ts';
import { checkIdentityNumber } from '../../domain/checks/identity-number.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { chinaDay } from '../official-numbers.ts';
import { type CallContext, type SubjectDeps, writeOnce } from '../subject.ts';
import { giveCode, useCode } from './code-records.ts';

export function identityOfficeHandlers(deps: SubjectDeps) {
  const server = implement(identityOfficeCalls).$context<CallContext>();
  return {
    issueCode: server.issueCode.handler((call) =>
      writeOnce(deps, 'identity-code', call, issuedCode, async (sql, { to }, at) => {
        if (to.via === 'sms') return done(await giveCode(sql, 'sms', deps.identities.subjectOf('phone', to.phone), at));
        const subject = subjectOfPerson(deps, to.person.idNumber, at);
        return subject.ok ? done(await giveCode(sql, 'app', subject.value, at)) : subject;
      }),
    ),
  };
}

export function identityHandlers(deps: SubjectDeps) {
  const { clock, faults, identities } = deps;
  const server = implement(identityCalls).$context<CallContext>();
  return {
    exchangeIdentity: server.exchangeIdentity.handler(
      async ({ input: { kioskId, reading }, errors, context: { device }, signal }) => {
        if (device && device.kioskId !== kioskId) throw errors.OTHER_DEVICE();
        await faults.mayBegin(signal);
        const who = await readWho(deps, kioskId, reading, clock.now());
        if (!who.ok) throw errors.REFUSED({ data: { reason: who.reason } });
        const { method } = reading;
        const fingerprint = device?.fingerprint ?? '';
        const assurance = assuranceOf(method);
        return {
          ...identities.issue({ kioskId, fingerprint, method, ...assurance, ...who.value }),
          ...assurance,
        };
      },
    ),
  };
}

interface Who {
  readonly subject: string;
  readonly agent?: string;
}

/** Whom a reading stands for. */
async function readWho(
  deps: SubjectDeps,
  kioskId: string,
  reading: IdentityReading,
  at: Date,
): Promise<Result<Who, 'card-expired' | 'number-malformed' | 'code-unknown'>> {
  switch (reading.method) {
    case 'id-card':
      // `long-term` is after every date.
      if (reading.validTo < chinaDay(at)) return refused('card-expired');
      return ofPerson(deps, reading.person.idNumber, at);
    case 'social-card':
      return ofPerson(deps, reading.person.idNumber, at);
    case 'company-key': {
      const agent = subjectOfPerson(deps, reading.agent.idNumber, at);
      if (!agent.ok || checkCreditCode(reading.creditCode) === 'malformed') return refused('number-malformed');
      return done({ subject: deps.identities.subjectOf('company', reading.creditCode), agent: agent.value });
    }
    default: {
      const phone = reading.method === 'sms-code' ? deps.identities.subjectOf('phone', reading.phone) : undefined;
      const subject = await deps.database.transaction((sql) => useCode(sql, reading.code, phone, kioskId, at));
      return subject === undefined ? refused('code-unknown') : done({ subject });
    }
  }
}

function ofPerson(deps: SubjectDeps, idNumber: string, at: Date): Result<Who, 'number-malformed'> {
  const subject = subjectOfPerson(deps, idNumber, at);
  return subject.ok ? done({ subject: subject.value }) : subject;
}

function subjectOfPerson({ identities }: SubjectDeps, idNumber: string, at: Date): Result<string, 'number-malformed'> {
  const checked = checkIdentityNumber(idNumber, chinaDay(at));
  return checked.level === 'stop' ? refused('number-malformed') : done(identities.subjectOf('person', checked.value));
}
