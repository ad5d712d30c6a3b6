import type { KioskTestEvent, SelfTestStep, SelfTestStepResult } from '../../src/contract/self-test.ts';

const asked: Partial<Readonly<Record<SelfTestStep, string>>> = {
  card: 'Lay a card on the reader now.',
  key: 'Press this key now:',
  signal: 'Look and listen, the pad gives:',
  page: 'Lay a page into the scanner now.',
  code: 'Show a code to the reader now.',
  sound: 'A sound is played now. Did you hear it? (y/n)',
};
const marks = { passed: 'pass', failed: 'FAIL', skipped: 'skip' } as const;

const because = (reason: string | undefined): string => (reason === undefined ? '' : ` (${reason})`);

/** What a person at a terminal is told of an event of a self-test: one line for each step, one for each device or part. */
export function testLine(event: KioskTestEvent): string | undefined {
  switch (event.kind) {
    case 'step':
      return event.attended ? prompt(event.device, event.step, event.subject) : undefined;
    case 'part-step':
      return event.attended ? prompt(event.part, event.step, event.subject) : undefined;
    case 'step-ended':
      return outcome(event.device, event);
    case 'part-step-ended':
      return outcome(event.part, event);
    case 'ended':
      return `${event.device}  ${event.result.verdict.toUpperCase()}${because(event.result.reason)}`;
    case 'part-ended':
      return `${event.result.part}  ${event.result.verdict.toUpperCase()}${because(event.result.reason)}`;
    default:
      return undefined;
  }
}

function prompt(of: string, step: SelfTestStep, subject = ''): string {
  return `${of}    ${asked[step] ?? ''} ${subject}`.trimEnd();
}

function outcome(of: string, { step, subject, outcome: came, reason, pressed }: SelfTestStepResult): string {
  const about = subject === undefined ? step : `${step} ${subject}`;
  const key = pressed && `key ${pressed.key} for ${pressed.level ?? 'no level'}`;
  const details = [reason, key].filter((detail) => detail !== undefined);
  return `${of}    ${marks[came]}  ${about}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}
