import { afterAll, describe, expect, it } from 'vitest';
import { deviceEventExample, caseExample } from '../../src/contract/platform-examples.ts';
import { closeEngines, platformEngines } from '../fixtures/platform-engines.ts';
import { officeClient } from '../fixtures/office-client.ts';

afterAll(closeEngines);
const key = (index: number) => `"019ab4c0-5a00-7000-8000-${String(index).padStart(12, '0')}"`;

describe.each(platformEngines)('the fleet on $name', ({ missing, start }) => {
  it.skipIf(missing)('is every kiosk that was heard of, with its cases and what is not well', async () => {
    const stored = await start();
    const { platform } = stored;
    try {
      const office = officeClient(platform.url);
      expect(await office.fleet.kiosks()).toEqual({ kiosks: [] });
      const send = async (index: number, path: string, body: object) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': key(index) };
        const answer = await fetch(`${platform.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
        expect(answer.status).toBe(200);
      };
      const event = (index: number, change: object) =>
        send(index, '/device-events', { ...deviceEventExample, id: key(index).slice(1, -1), ...change });
      await send(1, '/cases', caseExample);
      await event(2, { device: 'printer', kind: 'fault', reason: 'paper-out' });
      await event(3, { device: 'reader', kind: 'fault', reason: 'silent' });
      await event(4, { device: 'reader', kind: 'recovered', reason: undefined });
      await event(5, { device: 'printer', kind: 'item-left', reason: undefined });
      await event(6, { kioskId: 'KSK9', device: 'pad', kind: 'closed', reason: undefined });
      const { kiosks } = await office.fleet.kiosks();
      expect(kiosks).toMatchObject([
        {
          kioskId: caseExample.kioskId,
          cases: 1,
          troubles: [{ device: 'printer', kind: 'fault', reason: 'paper-out' }],
        },
        { kioskId: 'KSK9', cases: 0, troubles: [{ device: 'pad', kind: 'closed' }] },
      ]);
    } finally {
      await stored.close();
    }
  });
});
