import type { Measure } from '../measure.ts';
import { busy } from './busy.ts';
import { encoders } from './encoders.ts';
import { healed } from './healed.ts';
import { idRead, ticketPrint } from './line-limit.ts';
import { parsers } from './parsers.ts';

export const deviceMeasures: readonly Measure[] = [parsers, idRead, ticketPrint, encoders, busy, healed];
