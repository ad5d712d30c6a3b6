import { z } from 'zod';

/** The five stages of 申请 → 受理 → 审查 → 决定 → 送达, and before them the time a case waits here to be sent. */
export const progressStage = z.enum([
  'waiting-to-send',
  'applied',
  'accepted',
  'reviewing',
  'decided',
  'delivered',
  'needs-staff',
]);
