import type { KioskTestEvent } from '../../contract/self-test.ts';
import { testPage } from '../readiness/test-page.ts';
import type { CoreRoom } from '../room.ts';
import { type Base, inService, watched } from './base.ts';

/** What staff may ask of the self-test. */
export function selfTestRoutes(os: Base, room: CoreRoom) {
  type Thrower = Readonly<Record<'NOT_IN_SERVICE' | 'BUSY', () => Error>>;
  const begin = (
    errors: Thrower,
    signal: AbortSignal | undefined,
    attended: boolean,
  ): AsyncGenerator<KioskTestEvent, void, undefined> => {
    const { selfTest, visits } = inService(room, errors);
    if (visits.current || selfTest.selfTests.isRunning) throw errors.BUSY();
    // Nobody is there to take the page away when it comes out by itself.
    const wish = { cause: 'staff' as const, attended, ...(attended && { testPage: testPage('zh-CN') }) };
    return watched(room, selfTest.selfTests.run(wish, signal ?? new AbortController().signal));
  };
  return {
    latest: os.selfTest.latest.handler(({ errors }) => inService(room, errors).selfTest.selfTests.latest ?? null),
    run: os.selfTest.run.handler(({ errors, signal }) => begin(errors, signal, false)),
    guide: os.selfTest.guide.handler(({ errors, signal }) => begin(errors, signal, true)),
    heard: os.selfTest.heard.handler(({ input }) => room.service?.selfTest.selfTests.heard(input.heard)),
  };
}
