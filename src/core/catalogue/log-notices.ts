import type { EventLog } from '../../contract/log.ts';
import { technical } from '../../contract/technical.ts';
import type { LiveCatalogue } from './live-catalogue.ts';

/** What maintainers should know of the catalogue, once all of it was checked. */
export function logNotices(log: EventLog, { leftOut, doubtful }: LiveCatalogue): void {
  for (const { file, problem } of leftOut)
    log('core.item-left-out', { file: technical(file), problem: technical(problem) });
  for (const { file, problem } of doubtful)
    log('core.item-doubtful', { file: technical(file), problem: technical(problem) });
}
