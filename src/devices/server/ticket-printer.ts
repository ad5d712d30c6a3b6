import type { PrintOutcome } from '../../contract/device-api.ts';
import type { PrintFailure } from '../../contract/device-failures.ts';
import { printFailure } from '../../contract/device-failures.ts';
import type { PrintDocument } from '../../domain/print-document.ts';
import type { Refused } from '../../domain/result.ts';
import type { Cut } from '../lease.ts';
import { PRINT_LIMIT_MS } from '../limits.ts';
import type { BorrowFailure } from '../managed-device.ts';
import type { ServerDeps } from './serve.ts';

/** Goes on when the caller leaves: half a receipt helps nobody. */
export async function print(
  { supervisor, log }: ServerDeps,
  job: string,
  document: PrintDocument,
  mayMove: Promise<boolean>,
): Promise<PrintOutcome> {
  const borrowed = await supervisor.borrow('ticket-printer', new AbortController().signal, 'refuse');
  if (!borrowed.ok) return { ok: false, reason: printRefusal(borrowed) };
  const lease = borrowed.value;
  const asked = await lease.ask((device, leave) => device.print(document, leave, mayMove), PRINT_LIMIT_MS);
  const outcome: PrintOutcome = asked.ok ? asked.value : { ok: false, reason: cutShort(asked.reason) };
  log('devices.print-ended', { device: lease.id, job, outcome: outcome.ok ? outcome.value : outcome.reason });
  await lease.release({ use: outcome.ok ? 'ok' : 'failed', suspect: !outcome.ok });
  return outcome;
}

/** A printer's own trouble is passed on by its name; one that does not answer is `offline`, one that is closed `absent`. */
function printRefusal({ reason, detail }: Refused<BorrowFailure>): PrintFailure {
  if (reason === 'disabled') return 'absent';
  if (reason !== 'faulty') return reason;
  return printFailure.safeParse(detail).data ?? 'offline';
}

/** Paper may have moved. */
function cutShort(cut: Cut): PrintFailure {
  return cut === 'unplugged' || cut === 'given-up' ? 'offline' : 'printer-fault';
}
