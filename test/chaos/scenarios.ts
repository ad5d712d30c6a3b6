import { diskFaults } from './disk-faults.ts';
import { fleet } from './fleet.ts';
import { kills } from './kills.ts';
import { network } from './network.ts';
import { outage } from './outage.ts';
import type { Scenario } from './scenario.ts';
import { soak } from './soak.ts';
import { traces } from './traces.ts';

export const scenarios: readonly Scenario[] = [kills, diskFaults, network, outage, fleet, traces, soak];
