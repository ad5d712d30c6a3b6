import type { Scenario } from './scenario.ts';
import { missedPlaces } from './kills/hits.ts';
import { killBackup } from './kills/backup.ts';
import { killMigration } from './kills/migration.ts';
import { killVisits } from './kills/visits.ts';

/** By the seed, so that one in five rounds is about each of the rarer ones. */
const kinds = [killVisits, killVisits, killMigration, killVisits, killBackup] as const;

export const kills: Scenario = {
  name: 'kills',
  shows: {
    short: 'killed at random points of hand-in, scan, sync, migration and backup, nothing told is lost or doubled',
    long: '[P-05] killed at a thousand random points of hand-in, scan, sync, migration and backup, nothing told is lost or doubled',
  },
  rounds: { short: 5, long: 200 },
  run: (round) => (kinds[round.seed % kinds.length] ?? killVisits)(round),
  judge: (counts) => [
    ...((counts['cases'] ?? 0) > 0 ? [] : ['no case at all came: the kiosks were killed before they could work']),
    ...missedPlaces(counts),
  ],
};
