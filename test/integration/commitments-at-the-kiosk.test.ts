import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import type { CardPerson } from '../../src/domain/identity.ts';
import { type CatalogueItem, catalogueItem } from '../../src/domain/item.ts';
import { adapters } from '../fixtures/adapters.ts';
import { fillInAllowance, jpegWith, seniorAllowance, signaturePng, signIn } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { kioskClient } from '../fixtures/kiosk-client.ts';
import { samplePerson } from '../fixtures/sample-item.ts';

const allowance = catalogueItem.parse(
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/catalogue/senior-allowance.json'), 'utf8')),
);
const material = 'M-HOUSEHOLD-BOOK';
const text = {
  promises: ['本人的户籍在本县，迁入日期与申请表写的一致。'],
  duties: ['户籍迁走的，在三十日内告诉民政局。'],
  consequences: ['发现承诺不实的，停发津贴，已经领取的全部退回，并纳入信用记录。'],
};
/** The allowance, with a written commitment on the list for its household register; and the same where too much is at risk. */
const item: CatalogueItem = {
  ...allowance,
  materials: allowance.materials.map((one) =>
    one.id === material ? { ...one, substitutes: ['commitment', 'paper'], pledge: { ...text, basis: one.basis } } : one,
  ),
};
const excluded: CatalogueItem = { ...item, highRisk: 'public-safety' };
/** The credit service has something against them; of the second one it was put right. */
const untrusted: CardPerson = { ...samplePerson, name: '试样乙', idNumber: '990101196604123019', birth: '1966-04-12' };
const repaired: CardPerson = { ...samplePerson, name: '试样丙', idNumber: '990101197809234024', birth: '1978-09-23' };

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall;
  let bench: Kiosk;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
  });
  afterEach(() => hall.close());

  async function begin(of: CatalogueItem, person: CardPerson = samplePerson): Promise<void> {
    bench = await hall.startWith(of);
    const { core } = bench;
    await signIn(bench, person);
    await core.application.begin({ code: seniorAllowance });
    await fillInAllowance(core);
  }
  const choose = (choice: 'accepted' | 'declined') => bench.core.application.chooseCommitment({ material, choice });
  const bookIn = (view: { readonly materials: readonly { readonly id: string }[] }) =>
    view.materials.find(({ id }) => id === material);
  /** Hands in and answers what the office got, once pre-review has looked at it. */
  async function handIn() {
    const { core, log } = bench;
    const office = kioskClient(hall.platform.url);
    await core.application.sign({ image: signaturePng() });
    const { provisionalNumber: number } = await core.application.submit();
    await log.until('core.delivered', 1, { step: 'case' });
    const trail = async () => (await office.progress({ number })).trail?.map(({ event }) => event);
    await expect.poll(trail).toContainEqual(expect.stringMatching(/^(?:accept|ask-supplement)$/));
    const [handedIn] = (await hall.platform.received()).cases;
    return {
      asked: (await trail())?.includes('ask-supplement'),
      paper: handedIn?.materials.find(({ id }) => id === material),
    };
  }

  it('eligible: it is offered, chosen, signed and handed in, and nobody asks for the paper', async () => {
    await begin(item);
    const { application } = bench.core;
    // As long as nobody has asked the credit service, the paper is asked for.
    expect(bookIn(await application.view())).not.toHaveProperty('commitment');
    await expect(choose('accepted')).rejects.toMatchObject({ code: 'NOT_OFFERED' });
    expect(bookIn(await application.askCommitments())).toMatchObject({
      complete: false,
      commitment: 'offered',
      pledge: text,
    });
    expect((await application.review()).missing).toContain(material);
    await application.sign({ image: signaturePng() });
    expect(bookIn(await choose('accepted'))).toMatchObject({
      complete: true,
      commitment: 'accepted',
      standIn: 'commitment',
    });
    // What was signed before is not what is there now.
    expect(await application.review()).toMatchObject({ signed: false, missing: [] });
    expect(await application.preReview()).toEqual({ defects: [] });
    expect(await handIn()).toMatchObject({ asked: false, paper: { pages: [], commitment: true, pledge: text } });
  });

  it('an excluded field: it is not offered, whatever the credit', async () => {
    await begin(excluded);
    expect(bookIn(await bench.core.application.askCommitments())).not.toHaveProperty('commitment');
    await expect(choose('accepted')).rejects.toMatchObject({ code: 'NOT_OFFERED' });
    expect((await bench.core.application.review()).missing).toContain(material);
  });

  it('a text that is missing: it is not offered', async () => {
    await begin({ ...item, materials: item.materials.map(({ pledge: _gone, ...one }) => one) });
    expect(bookIn(await bench.core.application.askCommitments())).not.toHaveProperty('commitment');
    await expect(choose('accepted')).rejects.toMatchObject({ code: 'NOT_OFFERED' });
  });

  it('bad credit: it is not offered until that is put right', async () => {
    await begin(item, untrusted);
    expect(bookIn(await bench.core.application.askCommitments())).not.toHaveProperty('commitment');
    await expect(choose('accepted')).rejects.toMatchObject({ code: 'NOT_OFFERED' });
    await begin(item, repaired);
    expect(bookIn(await bench.core.application.askCommitments())).toMatchObject({ commitment: 'offered' });
  });

  it('declined: the paper as before, also after a change of mind', async () => {
    await begin(item);
    const { application } = bench.core;
    await application.askCommitments();
    await choose('accepted');
    expect(bookIn(await choose('declined'))).toMatchObject({ complete: false, commitment: 'declined' });
    expect((await application.review()).missing).toContain(material);
    await application.addPage({ material, image: jpegWith('户口簿') });
    const { asked, paper } = await handIn();
    expect(asked).toBe(false);
    expect(paper?.pages).toHaveLength(1);
    expect(paper).not.toHaveProperty('commitment');
  });

  it('without an answer of the credit service, or without the platform, it is not offered', async () => {
    await begin(item);
    const { application } = bench.core;
    await hall.platform.setFault({ kind: 'registers-silent' });
    expect(bookIn(await application.askCommitments())).not.toHaveProperty('commitment');
    await hall.platform.setFault({ kind: 'status', status: 503 });
    await expect(application.askCommitments()).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
    await hall.platform.setFault({ kind: 'none' });
    expect(bookIn(await application.askCommitments())).toMatchObject({ commitment: 'offered' });
  });
});
