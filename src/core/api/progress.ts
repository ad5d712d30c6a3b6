import type { CodeEvent } from '../../contract/device-api.ts';
import type { ShownCode } from '../../contract/visit-view.ts';
import { parseProvisionalNumber } from '../../domain/provisional-number.ts';
import { readScannedCode } from '../../domain/scanned-code.ts';
import { ownCaseProblem } from '../../contract/own-case-api.ts';
import { isReceiptCode, makeUuidV7 } from '../identifiers.ts';
import { lookUp } from '../progress/progress.ts';
import type { CoreRoom } from '../room.ts';
import { fromEarlier, inService, openVisit, orNever, watched, type Base } from './base.ts';

export function progressRoutes({ progress: os }: Base, room: CoreRoom) {
  return {
    lookup: os.lookup.handler(async ({ input, errors, signal }) => {
      const found = await lookUp(inService(room, errors), input.number, signal);
      if (found.ok) return found.value;
      throw found.reason === 'unknown-number' ? errors.UNKNOWN_NUMBER() : errors.PLATFORM_UNREACHABLE();
    }),
    askReview: os.askReview.handler(async ({ input, errors }) => {
      const { service, visit } = openVisit(room, errors);
      const { idNumber } = fromEarlier(visit.person, errors);
      const what = `review ${input.number}`;
      const key = visit.attempts.get(what) ?? makeUuidV7(service.clock.now(), service.random);
      visit.attempts.set(what, key);
      const request = { kioskId: service.config.kioskId, number: input.number, idNumber };
      const answer = await service.platform.askCaseReview(key, request, visit.ended);
      if (answer.kind === 'retry') throw errors.PLATFORM_UNREACHABLE();
      visit.attempts.delete(what);
      if (answer.kind === 'done') return { at: answer.value.at };
      throw errors.REFUSED({ data: { reason: ownCaseProblem.safeParse(answer.reason).data ?? 'refused' } });
    }),
    watchCode: os.watchCode.handler(({ errors, signal }) => {
      inService(room, errors);
      return watched(room, shownCodes(room, orNever(signal)));
    }),
  };
}

/** What receipts have on them, and nothing else: a code is whatever somebody printed. */
const isExpected = (text: string): boolean => isReceiptCode(text) || parseProvisionalNumber(text).ok;

async function* shownCodes(room: CoreRoom, signal: AbortSignal): AsyncGenerator<ShownCode, void, undefined> {
  const left = new AbortController();
  room.cue('code-reader', AbortSignal.any([signal, left.signal]));
  try {
    for await (const event of room.deps.devices.watchCodes(signal)) {
      if (signal.aborted) return;
      const shown = judge(event);
      if (shown.kind === 'refused') room.deps.log('core.code-refused', { reason: shown.reason });
      yield shown;
    }
  } finally {
    left.abort();
  }
}

function judge({ bytes, symbology }: CodeEvent): ShownCode {
  const code = readScannedCode(Buffer.from(bytes, 'base64'), symbology, { isExpected });
  if (!code.ok) return { kind: 'refused', reason: code.reason };
  return code.value.kind === 'plain'
    ? { kind: 'number', number: code.value.text }
    : { kind: 'refused', reason: 'unexpected' };
}
