import type { Database } from 'better-sqlite3';
import type { KioskConfig } from '../../contract/config.ts';
import type { QueueView } from '../../contract/queue-view.ts';
import { PrintJobs } from '../receipt/print-jobs.ts';
import { hallDay } from '../hall-time.ts';
import { Admissions } from './admissions.ts';
import { LeaseKeeper, type LeaseKeeperDeps } from './lease-keeper.ts';
import { QueueLeases } from './queue-leases.ts';
import { QueueTickets } from './queue-tickets.ts';

/** Queue tickets with all that belongs to them. */
export interface QueueDesk {
  readonly leases: QueueLeases;
  readonly tickets: QueueTickets;
  readonly jobs: PrintJobs;
  readonly keeper: LeaseKeeper;
  readonly admissions: Admissions;
}

export function openQueueDesk(deps: Omit<LeaseKeeperDeps, 'leases' | 'tickets'>, database: Database): QueueDesk {
  const leases = new QueueLeases(database);
  const tickets = new QueueTickets(database);
  const jobs = new PrintJobs(database, 'queue-ticket');
  const admissions = new Admissions({ ...deps, tickets });
  return { leases, tickets, jobs, admissions, keeper: new LeaseKeeper({ ...deps, leases, tickets }) };
}

/** The queues of the hall as they are now. */
export function queueViews(
  leases: QueueLeases,
  { kioskId, hall, queues = [] }: Pick<KioskConfig, 'kioskId' | 'hall' | 'queues'>,
  now: Date,
): QueueView[] {
  return queues.map(({ prefix, name, windows }) => {
    const { count, leased } = leases.left({ kioskId, hallCode: hall.code, day: hallDay(now), queue: prefix });
    const why = leased ? ('used-up' as const) : ('not-leased' as const);
    return { queue: prefix, name, windows, left: count, ...(count === 0 && { why }) };
  });
}
