import { implement } from '@orpc/server';
import regionList from '../../../resources/catalogue/lists/regions.json' with { type: 'json' };
import { catalogueCalls } from '../../contract/office/catalogue.ts';
import { region } from '../../domain/catalogue/lists.ts';
import { compareTwins, countTwins } from '../../domain/catalogue/twins.ts';
import type { CallContext, SubjectDeps } from '../subject.ts';

/** The tree that comes with the catalogue: the names of regions, which may differ between twins. */
const regions = regionList.map((one) => region.parse(one));

export function catalogueHandlers({ catalogue, faults }: SubjectDeps) {
  const server = implement(catalogueCalls).$context<CallContext>();
  return {
    twins: server.twins.handler(async ({ input, signal }) => {
      await faults.mayBegin(signal);
      const { version } = await catalogue.head();
      const all = await catalogue.live(version);
      // Digits 3 to 8 of the body's credit code are its region (GB 32100-2015).
      const items = all.filter(({ code }) => input.regions.length === 0 || input.regions.includes(code.slice(2, 8)));
      const differences = compareTwins(items, regions).map(({ codes: [first, other], changes, ...rest }) => ({
        ...rest,
        codes: [first, other] as [string, string],
        changes: [...changes],
      }));
      return { version, compared: countTwins(items), differences };
    }),
  };
}
