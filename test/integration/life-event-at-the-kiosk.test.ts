import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import type { OfficeMove } from '../../src/contract/office/cases.ts';
import { adapters } from '../fixtures/adapters.ts';
import { jpegWith, signaturePng, signIn } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { newborn, newbornParts } from '../fixtures/life-event.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { samplePerson } from '../fixtures/sample-item.ts';

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall;
  let bench: Kiosk;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
    await hall.platform.publishCatalogue('20261123', newbornParts);
    bench = await hall.start();
  });
  afterEach(() => hall.close());

  async function handIn(): Promise<string> {
    const { core } = bench;
    await signIn(bench);
    await core.application.begin({ code: newborn.code });
    const answers = { parent: 'father', 'settle-with': 'mother', marriage: 'married', 'card-delivery': 'pick-up' };
    for (const [question, option] of Object.entries(answers))
      await core.application.answerSituation({ question, option });
    const values: Readonly<Record<string, string>> = {
      phone: '13800001234',
      otherParentId: samplePerson.idNumber,
      childBirth: '2026-11-01',
      birthCertificate: 'A990000001',
    };
    const { fields } = await core.application.view();
    for (const { field, value } of fields) {
      if (!field.required || value !== undefined) continue;
      const first = 'options' in field ? field.options[0]?.id : undefined;
      await core.application.setField({ name: field.name, value: first ?? values[field.name] ?? '' });
    }
    const scans = (await core.application.view()).materials.filter(({ source }) => source === 'scan');
    for (const { id } of scans) await core.application.addPage({ material: id, image: jpegWith(id) });
    await core.application.sign({ image: signaturePng() });
    const { provisionalNumber } = await core.application.submit();
    await core.session.end({ cause: 'finished' });
    await bench.log.until('core.delivered', 1 + scans.length);
    return provisionalNumber;
  }

  it('an 一件事 goes out as one, comes to three offices, and its parts are told at the kiosk, also with the platform away', async () => {
    const number = await handIn();
    const { cases } = officeClient(hall.platform.url);
    const move = async (index: number, what: OfficeMove): Promise<void> => {
      const office = newborn.parts?.[index]?.department.creditCode ?? '';
      const [part] = (await cases.list({ office, states: [], after: '' })).cases;
      if (!part) throw new Error('the office has its part');
      await cases.move({
        headers: { 'idempotency-key': randomUUID() },
        body: { officer: { office, id: '7' }, caseId: part.caseId, move: what },
      });
    };
    await move(0, { event: 'refuse-acceptance', text: '请到户籍地派出所办理。' });
    for (const event of ['accept', 'start-review', 'approve', 'deliver', 'close'] as const) await move(2, { event });
    await move(1, { event: 'accept' });

    // Asks for changes when it starts.
    bench = await hall.start();
    await bench.log.until('core.changes-taken');
    const online = await bench.core.progress.lookup({ number });
    expect(online).toMatchObject({
      stage: 'accepted',
      ...(adapter.has('course-of-a-case') && { waitsFor: 'department' }),
    });
    expect(online.parts?.map(({ stage, outcome, text }) => [stage, outcome, text])).toEqual([
      ['decided', 'refused', '请到户籍地派出所办理。'],
      ['accepted', undefined, undefined],
      ['delivered', 'granted', undefined],
    ]);
    await hall.platform.setFault({ kind: 'down' });
    await expect.poll(async () => (await bench.core.progress.lookup({ number })).parts).toEqual(online.parts);
    expect((await bench.core.progress.lookup({ number })).asOf).toBeDefined();
  });
});
