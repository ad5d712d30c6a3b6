import { implement } from '@orpc/server';
import { networkCheckCalls } from '../../contract/network-check-calls.ts';
import type { Register } from '../cases/register.ts';
import { identified } from '../identity/identified.ts';
import { publishedItem } from '../published-item.ts';
import type { CallContext, SubjectDeps } from '../subject.ts';
import { findCheck, keepCheck } from './check-records.ts';

/** As for certificates: the telephone alone says too little. */
const NEEDED = 'substantial';

export type NetworkCheckHandlers = ReturnType<typeof networkCheckHandlers>;

/** Checks of materials over the network, before a hand-in. */
export function networkCheckHandlers(deps: SubjectDeps, register: Pick<Register, 'verify'>) {
  const { database, faults, identities, clock } = deps;
  const server = implement(networkCheckCalls).$context<CallContext>();
  return {
    checkMaterial: server.checkMaterial.handler(async (call) => {
      const { subject } = identified(deps, call, NEEDED);
      await faults.mayBegin(call.signal);
      const { kioskId, purpose } = call.input.body;
      const item = await publishedItem(database, purpose.item);
      const material = item?.materials.find(({ id }) => id === purpose.material);
      if (!material?.substitutes?.includes('network-check'))
        throw call.errors.REFUSED({ data: { reason: 'not-checkable' } });
      const before = await findCheck(database, purpose, subject);
      if (before) return { check: before };
      if (faults.current.kind === 'registers-silent') return {};
      const said = await register.verify(
        (idNumber) => identities.subjectOf('person', idNumber) === subject,
        material.id,
      );
      if (!said) return {};
      return {
        check: await keepCheck(database, purpose, { subject, kioskId, name: material.name, ...said, at: clock.now() }),
      };
    }),
  };
}
