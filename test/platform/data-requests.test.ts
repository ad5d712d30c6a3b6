import { randomUUID } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { afterAll, describe, expect, it } from 'vitest';
import { platformApi } from '../../src/contract/platform-api.ts';
import { caseExample } from '../../src/contract/platform-examples.ts';
import { closeEngines, platformEngines } from '../fixtures/platform-engines.ts';
import { officeClient } from '../fixtures/office-client.ts';

afterAll(closeEngines);
const caseId = caseExample.id;
const officer = { office: 'MZJ', id: '007' };
const keyed = () => ({ 'idempotency-key': randomUUID() });
const refused = (reason: string) => ({ code: 'REFUSED', data: { reason } });
const department = '卫生健康局';

describe.each(platformEngines)('what others are asked about a case on $name', ({ missing, start }) => {
  it.skipIf(missing)(
    'is there at once where a register knows it, else the department answers and the kiosk is told',
    async () => {
      const stored = await start();
      try {
        const { url } = stored.platform;
        const kiosk: ContractRouterClient<typeof platformApi> = createORPCClient(new OpenAPILink(platformApi, { url }));
        const { dataRequests } = officeClient(url);
        const ask = (fact: string, name: string, headers = keyed()) =>
          dataRequests.ask({ headers, body: { officer, caseId, fact, name, department } });
        const answer = (requestId: string, outcome: 'confirmed' | 'not-found' = 'confirmed') =>
          dataRequests.answer({ headers: keyed(), body: { officer: { office: 'WJJ', id: '3' }, requestId, outcome } });
        await expect(ask('region', '户籍地')).rejects.toMatchObject(refused('unknown-case'));
        // The sample register knows this made-up person.
        const applicant = { name: '张示例', idNumber: '990101194312310016' };
        const { officialNumber } = await kiosk.submitCase({ headers: keyed(), body: { ...caseExample, applicant } });

        expect(await ask('region', '户籍地')).toEqual({ way: 'immediate', value: '990101' });
        await expect(ask('region', '户籍地')).rejects.toMatchObject(refused('asked-before'));
        const headers = keyed();
        const asked = await ask('disability', '残疾等级', headers);
        if (asked.way !== 'department-asked') throw new Error('no register knows it');
        expect(await ask('disability', '残疾等级', headers)).toEqual(asked);
        // A register that does not answer is no reason to wait for it either.
        await stored.platform.setFault({ kind: 'registers-silent' });
        expect(await ask('age', '年龄')).toMatchObject({ way: 'department-asked' });
        await stored.platform.setFault({ kind: 'none' });

        // The person was through long before: the case is in, and its progress says who was asked.
        const progress = () => kiosk.progress({ number: caseExample.provisionalNumber });
        const states = async () =>
          (await progress()).records?.map((one) => one.kind === 'data' && `${one.name} ${one.state}`);
        expect(await states()).toEqual(['户籍地 confirmed', '残疾等级 asked', '年龄 asked']);
        const { requests } = await dataRequests.open({ department });
        expect(requests).toMatchObject([
          {
            requestId: asked.requestId,
            caseNumber: officialNumber,
            name: '残疾等级',
            applicant: '张**',
            idNumber: applicant.idNumber,
          },
          { name: '年龄' },
        ]);
        expect(await dataRequests.open({ department: '教育局' })).toEqual({ requests: [] });

        await expect(answer(randomUUID())).rejects.toMatchObject(refused('unknown-request'));
        await answer(asked.requestId);
        await expect(answer(asked.requestId)).rejects.toMatchObject(refused('answered-before'));
        await answer(requests[1]?.requestId ?? '', 'not-found');
        expect(await states()).toEqual(['户籍地 confirmed', '残疾等级 confirmed', '年龄 not-found']);
        expect(await dataRequests.open({ department })).toEqual({ requests: [] });
        const { changes } = await kiosk.changes({ kioskId: caseExample.kioskId, after: '' });
        const told = changes.filter(({ kind }) => kind === 'side-records');
        expect(told).toHaveLength(5);
        expect(JSON.stringify(told)).not.toContain(applicant.idNumber);
      } finally {
        await stored.close();
      }
    },
    60_000,
  );
});
