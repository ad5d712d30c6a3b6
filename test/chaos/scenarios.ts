import { kills } from './kills.ts';
import { network } from './network.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [kills, network];
