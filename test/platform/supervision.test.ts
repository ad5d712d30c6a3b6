import { randomUUID } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { afterAll, describe, expect, it } from 'vitest';
import type { OfficeMove } from '../../src/contract/office/cases.ts';
import type { SupervisedStep } from '../../src/contract/office/supervision.ts';
import { platformApi } from '../../src/contract/platform-api.ts';
import { caseExample } from '../../src/contract/platform-examples.ts';
import { STEPS_PER_PAGE } from '../../src/platform/limits.ts';
import { exampleItem } from '../fixtures/example-item.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines } from '../fixtures/platform-engines.ts';
import { uploadScan } from '../fixtures/upload-scan.ts';

afterAll(closeEngines);
const office = exampleItem.department.creditCode;
const { hallCode } = caseExample;
const keyed = () => ({ 'idempotency-key': randomUUID() });

describe.each(platformEngines)('the supervision feed on $name', ({ missing, start }) => {
  it.skipIf(missing)(
    '[P-18] has every step in order with its codes, limit and colour, and nothing of the person',
    async () => {
      let now = new Date('2026-11-23T01:00:00Z');
      const stored = await start({ now: () => now });
      try {
        const { url } = stored.platform;
        const kiosk: ContractRouterClient<typeof platformApi> = createORPCClient(new OpenAPILink(platformApi, { url }));
        const desk = officeClient(url);
        await stored.platform.publishCatalogue('20261123', [exampleItem]);
        const { officialNumber } = await kiosk.submitCase({ headers: keyed(), body: caseExample });
        const [page] = caseExample.materials[0]?.pages ?? [];
        if (!page) throw new Error('the example has a page');
        expect(await uploadScan(url, { ...page, caseId: caseExample.id, material: 'PHOTO-01' })).toBe(201);
        const move = (what: OfficeMove) =>
          desk.cases.move({
            headers: keyed(),
            body: { officer: { office, id: '0007' }, caseId: caseExample.id, move: what },
          });
        now = new Date('2026-11-30T01:00:00Z');
        await move({ event: 'accept' });
        await move({ event: 'start-review' });
        // Long after what the item promises.
        now = new Date('2027-03-01T01:00:00Z');
        await move({ event: 'reject', text: '李某的材料不真实' });
        const feed = await desk.supervision.steps({ hallCode, after: 0 });
        expect(feed.more).toBe(false);
        expect(
          feed.steps.map(({ sequence, stepName, action, colour }) => [sequence, stepName, action, colour]),
        ).toEqual([
          [1, '收件', '其他', undefined],
          // The last day for acceptance or its notice.
          [2, '受理', '通过', 'yellow'],
          [3, '审查', '其他', 'none'],
          [4, '决定', '退回', 'red'],
        ]);
        const [arrival, accepted] = feed.steps;
        expect(arrival).toMatchObject({
          caseNumber: officialNumber,
          itemCode: exampleItem.code,
          office,
          nextDueDay: '2026-11-30',
        });
        expect(accepted).toMatchObject({
          at: '2026-11-30T01:00:00.000Z',
          by: 'department',
          dueDay: '2026-11-30',
          stepState: '2',
        });
        // Only what is on the list of fields; neither the applicant nor the officer nor a word of theirs.
        const allowed =
          'sequence caseNumber itemCode office event stepName action stepState at by rules dueDay colour nextDueDay';
        for (const step of feed.steps)
          expect(Object.keys(step).filter((field) => !allowed.split(' ').includes(field))).toEqual([]);
        const { applicant, fields, provisionalNumber, receiptCode } = caseExample;
        const secrets = [
          applicant.name,
          applicant.idNumber,
          fields.phone,
          provisionalNumber,
          receiptCode,
          '0007',
          '李某',
        ];
        for (const secret of secrets) expect(JSON.stringify(feed)).not.toContain(secret);
        expect(await desk.supervision.steps({ hallCode: '990102', after: 0 })).toEqual({ steps: [], more: false });
      } finally {
        await stored.close();
      }
    },
    60_000,
  );

  it.skipIf(missing)(
    'is complete and in order page by page, whatever came at once',
    async () => {
      const stored = await start();
      try {
        const { url } = stored.platform;
        const kiosk: ContractRouterClient<typeof platformApi> = createORPCClient(new OpenAPILink(platformApi, { url }));
        const { supervision } = officeClient(url);
        const count = STEPS_PER_PAGE + 30;
        const handIn = (serial: number) => {
          const body = {
            ...caseExample,
            id: randomUUID(),
            provisionalNumber: `YS-${serial}`,
            receiptCode: `R${serial}`,
            materials: [],
          };
          return kiosk.submitCase({ headers: keyed(), body });
        };
        const read: SupervisedStep[] = [];
        const readOn = async () => {
          const { steps } = await supervision.steps({ hallCode, after: read.at(-1)?.sequence ?? 0 });
          read.push(...steps);
        };
        const numbers: string[] = [];
        // Ten at a time, while they are being read.
        for (let from = 0; from < count; from += 10) {
          const handing = Array.from({ length: Math.min(10, count - from) }, (_, one) => handIn(from + one));
          // Also while some of the ten are committed and some are not.
          await readOn();
          const answers = await Promise.all(handing);
          numbers.push(...answers.map(({ officialNumber }) => officialNumber));
        }
        await readOn();
        await readOn();
        expect(read.map(({ sequence }) => sequence)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
        expect(read.map(({ caseNumber }) => caseNumber).toSorted()).toEqual(numbers.toSorted());
        const page = await supervision.steps({ hallCode, after: 0 });
        expect([page.steps.length, page.more]).toEqual([STEPS_PER_PAGE, true]);
      } finally {
        await stored.close();
      }
    },
    60_000,
  );
});
