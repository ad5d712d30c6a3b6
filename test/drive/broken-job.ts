import type { Hall } from '../../scripts/hall/hall.ts';

/** Less than any receipt has, and more than moves no paper yet. */
const BYTES_OF_JOB = 300;

/**
 * From now on the printer of the hall says nothing any more from the middle of its next receipt on. `silenced` resolves when that has happened.
 */
export async function silenceInNextJob(hall: Hall): Promise<{ readonly silenced: Promise<unknown> }> {
  const silenced = hall.next('printer', 'script-ended');
  const steps = [
    { after: { event: 'job-begun' }, do: { mute: 'off' } },
    { after: { toDevice: BYTES_OF_JOB }, do: { mute: 'answers' } },
  ];
  await hall.act('printer', { script: { steps } });
  return { silenced };
}

/** The printer hears and answers again, whatever it has in it. */
export async function endSilence(hall: Hall): Promise<void> {
  await hall.act('printer', { script: { steps: [{ do: { clear: true } }] } });
}
