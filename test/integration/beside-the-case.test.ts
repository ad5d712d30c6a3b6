import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import en from '../../resources/messages/own-case.en.json' with { type: 'json' };
import zh from '../../resources/messages/own-case.zh-CN.json' with { type: 'json' };
import { ownCaseProblem } from '../../src/contract/own-case-api.ts';
import { catalogueItem } from '../../src/domain/item.ts';
import { adapters } from '../fixtures/adapters.ts';
import { applyForAllowance, jpegWith, ManualClock, seniorAllowance, signIn } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { samplePerson } from '../fixtures/sample-item.ts';

const item = catalogueItem.parse(
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/catalogue/senior-allowance.json'), 'utf8')),
);
const officer = { office: item.department.creditCode, id: '7' };
const headers = () => ({ 'idempotency-key': `"${randomUUID()}"` });

describe.each(adapters)('core over $name', (adapter) => {
  const seesCourse = adapter.has('course-of-a-case');
  let hall: Hall<ManualClock>;
  let bench: Kiosk;
  beforeEach(async () => {
    hall = await openHall(adapter, new ManualClock());
    await hall.platform.publishCatalogue('20261122', [item]);
    bench = await hall.start();
    await bench.log.until('core.platform-changed', 1, { state: 'reachable' });
  });
  afterEach(() => hall.close());

  const progress = (number: string) => bench.core.progress.lookup({ number });

  it('[P-13] a register answers at once; a department that was asked does so later, when the person is long through, and the kiosk is told', async () => {
    const { core, log } = bench;
    await applyForAllowance(bench);
    const { provisionalNumber } = await core.application.submit();
    await log.until('core.delivered', 2);
    const [handedIn] = (await hall.platform.received()).cases;
    const caseId = handedIn?.id ?? '';
    const { dataRequests } = officeClient(hall.platform.url);
    const department = '残疾人联合会';
    const ask = (fact: string, name: string) =>
      dataRequests.ask({ headers: headers(), body: { officer, caseId, fact, name, department } });
    expect(await ask('region', '户籍地')).toEqual({ way: 'immediate', value: '990101' });
    const asked = await ask('disability', '残疾等级');
    if (asked.way !== 'department-asked') throw new Error('no register knows it');

    // Nobody waits for it: the visit goes on to its end.
    const waiting = { kind: 'data', name: '残疾等级', department, state: 'asked' };
    if (seesCourse)
      await expect
        .poll(() => progress(provisionalNumber))
        .toMatchObject({ records: [{ name: '户籍地', state: 'confirmed' }, waiting] });
    expect(await core.receipt.print()).toEqual({ outcome: 'printed' });
    await core.rating.submit({ level: 'satisfied', channel: 'page' });
    await core.session.end({ cause: 'finished' });
    await expect(core.application.view()).rejects.toMatchObject({ code: 'SESSION_NEEDED' });

    const body = { officer: { office: 'CL', id: '3' }, requestId: asked.requestId, outcome: 'confirmed' as const };
    await dataRequests.answer({ headers: headers(), body });
    const before = log.count('core.changes-taken');
    hall.clock.advance(61_000);
    await log.until('core.changes-taken', before + 1);
    // It came down to the kiosk: also without the platform the next one who asks is told.
    await hall.platform.setFault({ kind: 'status', status: 503 });
    const told = await progress(provisionalNumber);
    expect(told).toMatchObject({
      asOf: expect.any(String),
      records: [{ name: '户籍地' }, { ...waiting, state: 'confirmed' }],
    });
    expect(JSON.stringify(told)).not.toContain(samplePerson.idNumber);
    await hall.platform.setFault({ kind: 'none' });
  });

  it('who was decided about by rules has a person look at it, by card and number, once; without the platform it is said', async () => {
    const { core, log } = bench;
    await applyForAllowance(bench);
    const { provisionalNumber: number } = await core.application.submit();
    await log.until('core.delivered', 2);
    await core.session.end({ cause: 'finished' });
    await expect.poll(() => progress(number)).toMatchObject({ stage: 'decided' });
    if (seesCourse) {
      const { instant } = await progress(number);
      expect(instant).toMatchObject({ decision: 'approved', mayAskReview: true });
      expect(instant?.trace).toHaveLength(3);
    }

    await core.session.start({ locale: 'zh-CN' });
    await expect(core.progress.askReview({ number })).rejects.toMatchObject({ code: 'WRONG_STEP' });
    await signIn(bench);
    const refused = (reason: string) => ({ code: 'REFUSED', data: { reason } });
    await expect(core.progress.askReview({ number: 'NOBODY' })).rejects.toMatchObject(refused('unknown-case'));
    await hall.platform.setFault({ kind: 'status', status: 503 });
    await expect(core.progress.askReview({ number })).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
    await hall.platform.setFault({ kind: 'none' });
    await core.progress.askReview({ number });
    expect(await progress(number)).toMatchObject({
      stage: 'reviewing',
      ...(seesCourse && { instant: { mayAskReview: false } }),
    });
    await expect(core.progress.askReview({ number })).rejects.toMatchObject(refused('reviewed-before'));
    const { reviews } = await officeClient(hall.platform.url).cases.reviews({ office: officer.office });
    expect(reviews).toMatchObject([{ askedBy: 'applicant' }]);
    await core.session.end({ cause: 'finished' });

    bench.devices.layCard({ ...samplePerson, name: '试样甲', idNumber: '990101195003070024' });
    await core.session.start({ locale: 'zh-CN' });
    await core.session.consent();
    for await (const event of await core.session.watchCard()) expect(event.kind).not.toBe('failed');
    await expect(core.progress.askReview({ number })).rejects.toMatchObject(refused('not-the-applicant'));
  });

  it('pre-review before the hand-in names all that is wrong at once, without the platform, as it would', async () => {
    const { core } = bench;
    await hall.platform.setFault({ kind: 'status', status: 503 });
    await signIn(bench);
    await expect(core.application.preReview()).rejects.toMatchObject({ code: 'WRONG_STEP' });
    await core.application.begin({ code: seniorAllowance });
    const answers = { applicant: 'self', 'age-band': '80-to-89', household: 'long-settled' };
    for (const [question, option] of Object.entries(answers))
      await core.application.answerSituation({ question, option });
    await core.application.setField({ name: 'monthlyIncome', value: '1800' });
    // Four are planted: a question, two fields, a paper.
    const { defects } = await core.application.preReview();
    expect(defects).toEqual([
      {
        rule: 'pre-review.question-unanswered@1',
        on: ['payment'],
        kind: 'question-unanswered',
        subject: expect.any(String),
      },
      { rule: 'pre-review.field-missing@1', on: ['phone'], kind: 'field-missing', subject: '联系电话' },
      { rule: 'pre-review.field-missing@1', on: ['livesAlone'], kind: 'field-missing', subject: '是否独居' },
      {
        rule: 'pre-review.material-missing@1',
        on: ['M-HOUSEHOLD-BOOK'],
        kind: 'material-missing',
        subject: expect.any(String),
      },
    ]);
    expect(defects.flatMap(({ on }) => on).toSorted()).toEqual((await core.application.review()).missing.toSorted());
    await core.application.answerSituation({ question: 'payment', option: 'social-card' });
    for (const [name, value] of Object.entries({ phone: '13800001234', livesAlone: 'yes' }))
      await core.application.setField({ name, value });
    await core.application.addPage({ material: 'M-HOUSEHOLD-BOOK', image: jpegWith('户口簿') });
    expect(await core.application.preReview()).toEqual({ defects: [] });
    await hall.platform.setFault({ kind: 'none' });
  });

  it('there are words for each reason for which nobody looks at a case again', () => {
    for (const texts of [zh, en])
      expect(Object.keys(texts).toSorted()).toEqual(
        ['own-case.unreachable', ...ownCaseProblem.options.map((one) => `own-case.refused.${one}`)].toSorted(),
      );
  });
});
