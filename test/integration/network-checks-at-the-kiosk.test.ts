import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import type { CardPerson } from '../../src/domain/identity.ts';
import { type CatalogueItem, catalogueItem } from '../../src/domain/item.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { adapters } from '../fixtures/adapters.ts';
import {
  jpegWith,
  makeFolder,
  removeFolder,
  seniorAllowance,
  signaturePng,
  signIn,
  startCore,
} from '../fixtures/core-bench.ts';
import { kioskClient } from '../fixtures/kiosk-client.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { samplePerson } from '../fixtures/sample-item.ts';

const material = 'M-HOUSEHOLD-BOOK';
const published = catalogueItem.parse(
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/catalogue/senior-allowance.json'), 'utf8')),
);
const text = { promises: ['户籍在本县。'], duties: ['配合核查。'], consequences: ['终止办理。'] };
/** The allowance, with a written commitment behind the network check. */
const item: CatalogueItem = {
  ...published,
  materials: published.materials.map((one) =>
    one.id === material
      ? { ...one, substitutes: ['network-check', 'commitment', 'paper'], pledge: { ...text, basis: one.basis } }
      : one,
  ),
};
const bookName = published.materials.find(({ id }) => id === material)?.name;
const source = '公安人口信息核验';
const department = '安澜县公安局';
/** The register knows that they are none of this county; and does not know the second one. */
const other: CardPerson = { ...samplePerson, name: '试样乙', idNumber: '990101196604123019', birth: '1966-04-12' };
const unknown: CardPerson = { ...samplePerson, name: '试样丁', idNumber: '990101194405012026', birth: '1944-05-01' };

describe.each(adapters)('core over $name', (adapter) => {
  let over: ReturnType<typeof adapter.open>;
  let platform: Platform;
  let folder: string;
  let bench: Awaited<ReturnType<typeof startCore>>;
  beforeEach(async () => {
    over = adapter.open();
    platform = await createPlatform({ clock: systemClock, log: () => undefined });
    await platform.publishCatalogue('20261122', [item]);
    folder = makeFolder();
    mkdirSync(join(folder, 'catalogue'));
    writeFileSync(join(folder, 'catalogue', 'allowance.json'), JSON.stringify(item));
  });
  afterEach(async () => {
    bench.stop();
    expect(bench.bugs).toEqual([]);
    removeFolder(folder);
    await over.close();
    await platform.close();
  });

  const start = async () =>
    startCore({
      clock: systemClock,
      platform: await over.at(platform.url),
      config: { catalogue: join(folder, 'catalogue') },
      folder,
    });
  async function begin(person: CardPerson): Promise<typeof bench.core.application> {
    bench = await start();
    const { core } = bench;
    await signIn(bench, person);
    await core.application.begin({ code: seniorAllowance });
    const answers = { applicant: 'self', 'age-band': '80-to-89', household: 'long-settled', payment: 'social-card' };
    for (const [question, option] of Object.entries(answers))
      await core.application.answerSituation({ question, option });
    for (const [name, value] of Object.entries({ phone: '13800001234', monthlyIncome: '1800', livesAlone: 'yes' }))
      await core.application.setField({ name, value });
    return core.application;
  }
  const bookIn = (view: { readonly materials: readonly { readonly id: string }[] }) =>
    view.materials.find(({ id }) => id === material);
  /** Hands in and answers what the office got, once pre-review has looked at it. */
  async function handIn() {
    const { core, log } = bench;
    await core.application.sign({ image: signaturePng() });
    const { provisionalNumber: number } = await core.application.submit();
    await log.until('core.delivered', 1, { step: 'case' });
    const office = kioskClient(platform.url);
    const trail = async () => (await office.progress({ number })).trail?.map(({ event }) => event);
    await expect.poll(trail).toContainEqual(expect.stringMatching(/^(?:accept|ask-supplement)$/));
    const [handedIn] = (await platform.received()).cases;
    return {
      number,
      asked: (await trail())?.includes('ask-supplement'),
      paper: handedIn?.materials.find(({ id }) => id === material),
    };
  }

  it('confirmed: the list says by whom, no paper is asked for, and pre-review at the platform wants none', async () => {
    const application = await begin(samplePerson);
    expect(bookIn(await application.view())).toMatchObject({ complete: false });
    expect((await application.review()).missing).toContain(material);
    expect(bookIn(await application.checkMaterials())).toMatchObject({
      complete: true,
      pages: 0,
      standIn: 'network-check',
      networkCheck: { answer: 'confirmed', source },
    });
    await expect(application.addPage({ material, image: jpegWith('户口簿') })).rejects.toMatchObject({
      code: 'NOT_ASKED_FOR',
    });
    expect((await application.review()).missing).toEqual([]);
    expect(await application.preReview()).toEqual({ defects: [] });
    expect(await handIn()).toMatchObject({ asked: false, paper: { pages: [], networkCheck: 'confirmed' } });
    const logged = JSON.stringify(bench.log.events);
    for (const personal of [samplePerson.idNumber, samplePerson.name]) expect(logged).not.toContain(personal);
  });

  it('not confirmed: the paper, and no word of the applicant in its place', async () => {
    const application = await begin(other);
    expect(bookIn(await application.checkMaterials())).toMatchObject({
      complete: false,
      networkCheck: { answer: 'denied', source },
    });
    expect(bookIn(await application.askCommitments())).not.toHaveProperty('commitment');
    await application.addPage({ material, image: jpegWith('户口簿') });
    const { paper } = await handIn();
    expect(paper?.pages).toHaveLength(1);
    expect(paper).not.toHaveProperty('networkCheck');
  });

  it('[P-13] the department has to look: the person finishes, and this kiosk hears what it said', async () => {
    const application = await begin(unknown);
    expect(bookIn(await application.checkMaterials())).toMatchObject({
      complete: true,
      standIn: 'network-check',
      networkCheck: { answer: 'asked', source: department },
    });
    const { dataRequests } = officeClient(platform.url);
    // Of somebody who has not handed in nothing is looked for.
    expect(await dataRequests.open({ department })).toEqual({ requests: [] });
    const { number, asked, paper } = await handIn();
    expect({ asked, paper }).toMatchObject({ asked: false, paper: { pages: [], networkCheck: 'asked' } });
    const { requests } = await dataRequests.open({ department });
    expect(requests).toMatchObject([{ name: bookName, idNumber: unknown.idNumber }]);
    /** What a kiosk knows that asks what is new as it starts, and not in half a minute. */
    const told = async () => {
      bench.stop();
      expect(bench.bugs).toEqual([]);
      bench = await start();
      await bench.log.until('core.changes-taken');
      const { records } = await bench.core.progress.lookup({ number });
      return records?.map((one) => one.kind === 'data' && `${one.name} ${one.state}`);
    };
    expect(await told()).toEqual([`${bookName} asked`]);
    await dataRequests.answer({
      headers: { 'idempotency-key': randomUUID() },
      body: { officer: { office: 'GAJ', id: '3' }, requestId: requests[0]?.requestId ?? '', outcome: 'confirmed' },
    });
    expect(await told()).toEqual([`${bookName} confirmed`]);
  });

  it('nobody answers, or the platform is away: the next of the order', async () => {
    const application = await begin(samplePerson);
    await platform.setFault({ kind: 'registers-silent' });
    expect(bookIn(await application.checkMaterials())).not.toHaveProperty('networkCheck');
    await platform.setFault({ kind: 'status', status: 503 });
    await expect(application.checkMaterials()).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
    expect(bookIn(await application.view())).toMatchObject({ complete: false });
    await platform.setFault({ kind: 'none' });
    expect(bookIn(await application.askCommitments())).toMatchObject({ commitment: 'offered' });
    // Asked again, it answers, and nothing is left to commit to.
    const view = bookIn(await application.checkMaterials());
    expect(view).toMatchObject({ complete: true, networkCheck: { answer: 'confirmed' } });
    expect(view).not.toHaveProperty('commitment');
  });

  it('what was checked for one case and person counts for no other', async () => {
    await begin(samplePerson);
    const first = await bench.core.application.checkMaterials();
    expect(bookIn(first)).toMatchObject({ complete: true });
    await bench.core.session.end({ cause: 'finished' });
    bench.stop();
    const application = await begin(unknown);
    expect(bookIn(await application.view())).not.toHaveProperty('networkCheck');
    expect(bookIn(await application.checkMaterials())).toMatchObject({ networkCheck: { answer: 'asked' } });
  });
});
