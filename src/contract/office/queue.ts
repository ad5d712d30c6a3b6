import { z } from 'zod';
import { queuePrefix } from '../../domain/queue-number.ts';
import { officeHeaders, officer, officeWrite } from './office-call.ts';
import { hallCode } from '../word.ts';

const word = z.string().trim().min(1).max(64);

const windowRefusals = [
  'unknown-window',
  /** Each window and each hall is one office's. */
  'other-office',
] as const;
const openRefusals = [
  'other-office',
  /** Somebody is called to it or served at it. */
  'serving',
] as const;
const callRefusals = [...windowRefusals, 'closed', 'serving'] as const;
const ticketRefusals = [
  ...windowRefusals,
  /** The window has nobody in front of it. */
  'nobody-there',
  'not-from-here',
] as const;

/** What a window sees of the ticket in front of it: nothing about the person. */
const calledTicket = z.object({
  ticket: z.uuid(),
  /** As it is called out. */
  number: z.string(),
  queue: queuePrefix,
  itemCode: z.string(),
  /** How often it was called to this window. */
  calls: z.int().positive(),
  priority: z.boolean(),
});
export const windowAnswer = z.object({
  /** Who is called to the window or served at it now. */
  at: calledTicket.optional(),
  /** How many wait for it. */
  waiting: z.int().nonnegative(),
});
export type WindowAnswer = z.infer<typeof windowAnswer>;

/** The rules by which a hall calls. */
export const hallQueueRules = z.strictObject({
  /** Groups called before others, first ones first; `appointment` is who checked in for one. */
  priority: z.array(word).max(20),
  priorityRun: z.int().positive(),
  /** How long one matter of a queue usually takes; 10 minutes where it is not said. */
  handlingMinutes: z.record(queuePrefix, z.int().positive()),
});
export type HallQueueRules = z.infer<typeof hallQueueRules>;

const atWindow = z.strictObject({ officer, hallCode, window: word });
const onTicket = (path: `/queue/${string}`, summary: string) =>
  officeWrite(ticketRefusals)
    .route({ method: 'POST', path, summary, inputStructure: 'detailed' })
    .input(z.object({ headers: officeHeaders, body: atWindow }))
    .output(windowAnswer);

/** For the windows of a hall. Each call answers with how the window is afterwards. */
export const queueOfficeCalls = {
  setRules: officeWrite(['other-office'])
    .route({
      method: 'POST',
      path: '/queue/rules',
      summary: 'How a hall calls its numbers',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: z.strictObject({ officer, hallCode, rules: hallQueueRules }) }))
    .output(z.object({ rules: hallQueueRules })),
  setWindow: officeWrite(openRefusals)
    .route({
      method: 'POST',
      path: '/queue/windows',
      summary: 'Open or close a window, for these queues',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        body: atWindow.extend({ open: z.boolean(), queues: z.array(queuePrefix).max(50) }),
      }),
    )
    .output(windowAnswer),
  callNext: officeWrite(callRefusals)
    .route({ method: 'POST', path: '/queue/call-next', summary: 'Call the next number', inputStructure: 'detailed' })
    .input(z.object({ headers: officeHeaders, body: atWindow }))
    .output(windowAnswer),
  callAgain: onTicket('/queue/call-again', 'Call the same number again'),
  accept: onTicket('/queue/accept', 'The person came'),
  missed: officeWrite(ticketRefusals)
    .route({
      method: 'POST',
      path: '/queue/missed',
      summary: 'Nobody came: the ticket waits again behind the others, or is worth nothing any more',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: atWindow.extend({ fate: z.enum(['put-back', 'cancel']) }) }))
    .output(windowAnswer),
  transfer: officeWrite(ticketRefusals)
    .route({
      method: 'POST',
      path: '/queue/transfer',
      summary: 'Another queue is the right one: the ticket waits there, from when it was taken',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: atWindow.extend({ to: queuePrefix }) }))
    .output(windowAnswer),
  finish: onTicket('/queue/finish', 'The matter is done'),
};
