import { implement } from '@orpc/server';
import { hallQueueRules, queueOfficeCalls, windowAnswer, type WindowAnswer } from '../../contract/office/queue.ts';
import type { Officer } from '../../contract/office/office-call.ts';
import { queueCalls } from '../../contract/queue-calls.ts';
import { z } from 'zod';
import { done, refused, type Result } from '../../domain/result.ts';
import type { Transaction } from '../sql.ts';
import { type CallContext, type SubjectDeps, type WriteCall, writeOnce } from '../subject.ts';
import { callNextTicket, moveAtWindow, setWindow, type WindowPlace } from './calls.ts';
import { readRules, writeRules } from './hall-windows.ts';
import { readWaits } from './waits.ts';

const ruled = z.object({ rules: hallQueueRules });

/** Which window it is of. */
interface AtWindow {
  readonly officer: Officer;
  readonly hallCode: string;
  readonly window: string;
}

export function queueOfficeHandlers(deps: SubjectDeps) {
  const server = implement(queueOfficeCalls).$context<CallContext>();
  const atWindow = <Body extends AtWindow, Reason extends string>(
    operation: string,
    call: WriteCall<Body, Reason>,
    work: (sql: Transaction, place: WindowPlace, body: Body, at: Date) => Promise<Result<WindowAnswer, Reason>>,
  ) =>
    writeOnce(deps, operation, call, windowAnswer, (sql, body, at) => {
      const { officer, hallCode, window } = body;
      return work(sql, { hallCode, window, office: officer.office }, body, at);
    });
  return {
    setRules: server.setRules.handler((call) =>
      writeOnce(deps, 'queue-rules', call, ruled, async (sql, { officer, hallCode, rules }) => {
        const { office } = await readRules(sql, hallCode);
        if (office !== undefined && office !== officer.office) return refused('other-office');
        await writeRules(sql, hallCode, officer.office, rules);
        return done({ rules });
      }),
    ),
    setWindow: server.setWindow.handler((call) =>
      atWindow('queue-window', call, (sql, place, body, at) => setWindow(sql, place, body, at)),
    ),
    callNext: server.callNext.handler((call) =>
      atWindow('queue-call-next', call, (sql, place, _body, at) => callNextTicket(sql, place, at)),
    ),
    callAgain: server.callAgain.handler((call) =>
      atWindow('queue-call-again', call, (sql, place, _body, at) =>
        moveAtWindow(sql, place, { event: 'call-again' }, at),
      ),
    ),
    accept: server.accept.handler((call) =>
      atWindow('queue-accept', call, (sql, place, _body, at) => moveAtWindow(sql, place, { event: 'accept' }, at)),
    ),
    missed: server.missed.handler((call) =>
      atWindow('queue-missed', call, (sql, place, { fate }, at) => moveAtWindow(sql, place, { event: fate }, at)),
    ),
    transfer: server.transfer.handler((call) =>
      atWindow('queue-transfer', call, (sql, place, { to }, at) =>
        moveAtWindow(sql, place, { event: 'transfer', to }, at),
      ),
    ),
    finish: server.finish.handler((call) =>
      atWindow('queue-finish', call, (sql, place, _body, at) => moveAtWindow(sql, place, { event: 'finish' }, at)),
    ),
  };
}

export function queueHandlers({ database, faults, clock }: SubjectDeps) {
  const server = implement(queueCalls).$context<CallContext>();
  return {
    queueWaits: server.queueWaits.handler(async ({ input, errors, context: { device }, signal }) => {
      if (device && device.kioskId !== input.kioskId) throw errors.OTHER_DEVICE();
      await faults.mayBegin(signal);
      return { queues: await readWaits(database, input, clock.now()) };
    }),
  };
}
