import { z } from 'zod';

/**
 * Who may say at a terminal that they are to be called before others: those whom laws on public services name (老年人权益保障法,
 * 残疾人保障法, 军人地位和权益保障法, 退役军人保障法), and whom halls let go first by custom. Nobody has to prove it for a number;
 * a hall's own rules say which of them it calls first, and in which order.
 */
export const priorityGroups = ['elderly', 'disabled', 'pregnant', 'with-infant', 'serviceperson', 'veteran'] as const;
export const priorityGroup = z.enum(priorityGroups);
export type PriorityGroup = z.infer<typeof priorityGroup>;

/** Who checked in for an appointment. No one says so: the platform knows. */
export const APPOINTMENT_GROUP = 'appointment';

/** Why a ticket is called before ordinary ones. */
export type TicketPriority = PriorityGroup | typeof APPOINTMENT_GROUP;
