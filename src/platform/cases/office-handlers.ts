import { implement } from '@orpc/server';
import { caseLine, casesCalls } from '../../contract/office/cases.ts';
import { writeOnce, type CallContext, type SubjectDeps } from '../subject.ts';
import { caseColumns, openFile, readCaseFile, type CaseRow } from './case-file.ts';
import { lineOf } from './case-line.ts';
import { readDecision } from './decisions.ts';
import { moveByOffice } from './office-moves.ts';
import { readLate } from './rounds.ts';

/** Cases in one answer. */
const PAGE_CASES = 100;

/** What departments do with their cases, and what supervision asks about them. */
export function officeCaseHandlers(deps: SubjectDeps) {
  const { database, faults, clock } = deps;
  const server = implement(casesCalls).$context<CallContext>();

  /** An office asks for itself only. */
  async function begin(
    { context: { device }, signal, errors }: AskingCall,
    { office }: { readonly office: string },
  ): Promise<void> {
    await faults.mayBegin(signal);
    if (device && device.kioskId !== office) throw errors.OTHER_DEVICE();
  }

  return {
    list: server.list.handler(async (call) => {
      const { office, states, after } = call.input;
      await begin(call, call.input);
      const chosen = states.map((_state, index) => `$${index + 3}`).join(', ');
      const rows = await database.all<CaseRow>(
        `SELECT ${caseColumns} FROM case_record WHERE office = $1 AND official_number > $2
         ${states.length > 0 ? `AND state IN (${chosen})` : ''} ORDER BY official_number LIMIT ${PAGE_CASES + 1}`,
        [office, after, ...states],
      );
      const cases = [];
      for (const row of rows.slice(0, PAGE_CASES))
        cases.push(await lineOf(database, await openFile(database, row), clock.now()));
      return { cases, more: rows.length > PAGE_CASES };
    }),
    read: server.read.handler(async (call) => {
      await begin(call, call.input);
      const file = await readCaseFile(database, call.input.caseId);
      if (file?.office !== call.input.office) throw call.errors.UNKNOWN_CASE();
      const { signature: _signature, ...content } = file.content;
      const decision = await readDecision(database, file.id);
      const line = await lineOf(database, file, clock.now());
      return { ...line, content, trail: [...file.lines], ...(decision && { decision }) };
    }),
    reviews: server.reviews.handler(async (call) => {
      await begin(call, call.input);
      const rows = await database.all<{ id: string }>(
        `SELECT id FROM case_record WHERE office = $1 AND state = 'review'
           AND id IN (SELECT case_id FROM instant_decision) ORDER BY official_number`,
        [call.input.office],
      );
      const reviews = [];
      for (const { id } of rows) {
        const [file, decision] = [await readCaseFile(database, id), await readDecision(database, id)];
        if (!file || !decision) continue;
        const isAsked = file.lines.some(({ event }) => event === 'ask-review');
        const line = await lineOf(database, file, clock.now());
        reviews.push({ ...line, askedBy: isAsked ? ('applicant' as const) : ('rules' as const), decision });
      }
      return { reviews };
    }),
    move: server.move.handler((call) => writeOnce(deps, 'case-move', call, caseLine, moveByOffice)),
    lateGrounds: server.lateGrounds.handler(async (call) => {
      await begin(call, call.input);
      return { events: await readLate(database) };
    }),
  };
}

/** What a handler that only asks is given, as far as it is used. */
interface AskingCall {
  readonly context: CallContext;
  readonly signal?: AbortSignal | undefined;
  readonly errors: { OTHER_DEVICE(): Error };
}
