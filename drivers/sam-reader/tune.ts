import { status } from './commands.ts';
import type { SamLine } from './line.ts';
import type { SamProfile } from './profile.ts';

/** Sets a reader that answers to what its profile wants. One that does not know how, or does not follow, stays as it is. */
export async function tune(line: SamLine, { raiseTo, maxRf }: SamProfile, signal: AbortSignal): Promise<void> {
  if (maxRf !== undefined) await line.ask({ setMaxRf: maxRf }, signal);
  const before = line.baudRate;
  if (raiseTo === undefined || before >= raiseTo) return;
  const told = await line.ask({ setBaud: raiseTo }, signal);
  if (told.kind !== 'reply' || told.reply.sw3 !== status.success) return;
  await line.setBaudRate(raiseTo);
  const answer = await line.ask('status', signal);
  if (answer.kind === 'damaged' || answer.kind === 'silent') await line.setBaudRate(before);
}
