import type { Received } from '../../src/platform/store.ts';

/** What reached the platform, against what was handed in: each case, each page and each rating once, no less and no more. */
export function countArrivals(received: Received, provisionalNumbers: readonly string[]) {
  const lines: string[] = [];
  const officialNumbers: string[] = [];
  let exactlyOnce = received.cases.length === provisionalNumbers.length;
  for (const number of provisionalNumbers) {
    const cases = received.cases.filter((one) => one.provisionalNumber === number);
    const [first] = cases;
    const announced = first?.materials.flatMap(({ pages }) => pages).length ?? 0;
    const id = first?.id;
    const scans = received.scans.filter((scan) => scan.caseId === id).length;
    const ratings = received.ratings.filter((rating) => rating.caseId === id).length;
    exactlyOnce &&= cases.length === 1 && scans === announced && announced > 0 && ratings === 1;
    if (first) officialNumbers.push(first.officialNumber);
    lines.push(
      `${number}: ${cases.length} case (official ${first?.officialNumber ?? 'none'}), ${scans} of ${announced} pages, ${ratings} rating`,
    );
  }
  return { exactlyOnce, lines, officialNumbers };
}
