import { z } from 'zod';
import { priorityGroup } from '../domain/queue/priority-groups.ts';
import { queuePrefix } from '../domain/queue-number.ts';
import { kioskRead } from './citizen-call.ts';
import { waitsExample } from './hall-examples.ts';
import { hallCode } from './word.ts';

/** How a queue is now, to one who would take a ticket. */
export const queueWait = z.object({
  queue: queuePrefix,
  /** Tickets of this queue that wait. */
  waiting: z.int().nonnegative(),
  /** Those of them who are called before whoever asks. */
  ahead: z.int().nonnegative().optional(),
  /** Open windows that serve it. */
  windows: z.int().nonnegative(),
  /** Minutes from and to; absent while no window serves the queue. */
  wait: z.object({ from: z.int().nonnegative(), to: z.int().positive() }).optional(),
  /** The number called last, such as A012. */
  called: z.string().optional(),
});
export type QueueWait = z.infer<typeof queueWait>;

export const queueCalls = {
  queueWaits: kioskRead
    .route({
      method: 'POST',
      path: '/queue-waits',
      summary: 'How many wait in the queues of a hall, and how long it takes',
    })
    .input(
      z
        .strictObject({ kioskId: z.string().trim().min(1).max(64), hallCode, group: priorityGroup.optional() })
        .meta({ examples: [waitsExample] }),
    )
    .output(z.object({ queues: z.array(queueWait) })),
};
