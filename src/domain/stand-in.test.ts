import { describe, expect, it, test } from 'vitest';
import { sampleItem, samplePerson } from '../../test/fixtures/sample-item.ts';
import {
  addPage,
  beginApplication,
  chooseCommitment,
  dropCertificate,
  hasRoomForPage,
  isMaterialComplete,
  materialsToHandIn,
  useCertificate,
  wantsNetworkCheck,
} from './application.ts';
import type { Material } from './item.ts';
import type { NetworkAnswer } from './proofs/substitution.ts';
import { isCommitmentOffered, standInOf } from './stand-in.ts';

const paperFree = ['marriage', 'property'];
const lists = { retainedProofs: new Set(['RP-01']), paperFree: new Set(paperFree) };
const basis = { title: '安澜县办法', article: '第一条', text: '应当提交材料。' };
const paper: Material = { id: 'M-PAPER', name: '纸', source: 'scan', copies: 0, basis, reason: '核对。' };
const draftOf = (material: Material) => beginApplication({ ...sampleItem, materials: [material] }, samplePerson, lists);

describe('what is in place of a paper', () => {
  it('is nothing as long as nobody found anything', () => {
    expect(standInOf(draftOf(paper), paper)).toBeUndefined();
    expect(standInOf(draftOf(paper), { ...paper, source: 'card' })).toBeUndefined();
    const pledge: Material = { ...paper, substitutes: ['commitment', 'paper'] };
    expect(standInOf(draftOf(pledge), pledge)).toBeUndefined();
  });

  it('is nothing of what lists allow when there are none', () => {
    const { lists: _lists, ...draft } = draftOf(paper);
    expect(standInOf(draft, { ...paper, certificate: 'marriage' })).toBeUndefined();
  });

  test.each(paperFree)('is the office’s own search for a %s certificate that nobody found', (certificate) => {
    const material: Material = { ...paper, certificate };
    expect(standInOf(draftOf(material), material)).toMatchObject({ by: 'office', source: certificate });
    expect(isMaterialComplete(draftOf(material), material)).toBe(true);
  });

  it('is nothing at all for a proof that is not on the list', () => {
    const proof: Material = { ...paper, proof: 'RP-09' };
    expect(standInOf(draftOf(proof), proof)).toMatchObject({ by: 'nothing', reason: 'not-retained' });
  });

  it('is a certificate that was taken, as long as it counts; meanwhile no page is wanted', () => {
    const taken = useCertificate(draftOf(paper), paper.id, { id: 'e1', name: '结婚证', issuer: '安澜县民政局' });
    expect(standInOf(taken, paper)).toEqual({ by: 'e-certificate', source: 'e1', reason: 'valid' });
    expect(hasRoomForPage(taken, paper.id)).toMatchObject({ ok: false, reason: 'not-asked-for' });
    const dropped = dropCertificate(taken, paper.id);
    expect(standInOf(dropped, paper)).toBeUndefined();
    expect(hasRoomForPage(dropped, paper.id)).toMatchObject({ ok: true });
  });

  const text = { promises: ['情况属实。'], duties: ['配合核查。'], consequences: ['终止办理。'], basis };
  const checked: Material = { ...paper, substitutes: ['network-check', 'commitment', 'paper'], pledge: text };
  const withCheck = (answer: NetworkAnswer) => ({
    ...draftOf(checked),
    checks: { [paper.id]: { answer, source: '核验' } },
  });

  it('is a check over the network that confirmed it, or whose department answers later', () => {
    expect(wantsNetworkCheck(draftOf(checked), checked)).toBe(true);
    expect(standInOf(draftOf(checked), checked)).toBeUndefined();
    for (const answer of ['confirmed', 'asked'] as const) {
      const draft = withCheck(answer);
      expect(standInOf(draft, checked)).toMatchObject({ by: 'network-check', reason: answer });
      expect(wantsNetworkCheck(draft, checked)).toBe(false);
      expect(materialsToHandIn(draft)).toMatchObject([{ pages: [], networkCheck: answer }]);
    }
    expect(hasRoomForPage(withCheck('confirmed'), paper.id)).toMatchObject({ reason: 'not-asked-for' });
    // Who has the paper at hand need not wait for a department, and then nobody is asked.
    const brought = addPage(withCheck('asked'), paper.id, { id: 'p1', sha256: 'a'.repeat(64) });
    if (!brought.ok) throw new Error(brought.reason);
    expect(materialsToHandIn(brought.value)[0]).not.toHaveProperty('networkCheck');
    expect(wantsNetworkCheck({ ...brought.value, checks: {} }, checked)).toBe(false);
  });

  it('is nothing where a register says otherwise, not even a commitment', () => {
    const draft = {
      ...withCheck('denied'),
      credit: { seriousDishonesty: false, falseCommitment: false, repaired: false },
    };
    expect(standInOf(draft, checked)).toBeUndefined();
    expect(isCommitmentOffered(draft, checked)).toBe(false);
    expect(hasRoomForPage(draft, paper.id)).toMatchObject({ ok: true });
  });

  it('is no check where the item has none, or a certificate comes before it', () => {
    expect(wantsNetworkCheck(draftOf(paper), paper)).toBe(false);
    expect(wantsNetworkCheck(draftOf(paper), { ...paper, substitutes: ['commitment', 'paper'] })).toBe(false);
    expect(wantsNetworkCheck(draftOf(checked), { ...checked, source: 'card' })).toBe(false);
    const taken = useCertificate(draftOf(checked), paper.id, { id: 'e1', name: '结婚证', issuer: '安澜县民政局' });
    expect(wantsNetworkCheck(taken, checked)).toBe(false);
  });

  const pledge: Material = { ...paper, substitutes: ['commitment', 'paper'], pledge: text };
  const trusted = { seriousDishonesty: false, falseCommitment: false, repaired: false };

  it('is a commitment that was offered and chosen, and can be changed back', () => {
    const asked = { ...draftOf(pledge), credit: trusted };
    expect(isCommitmentOffered(asked, pledge)).toBe(true);
    expect(standInOf(asked, pledge)).toBeUndefined();
    const chosen = chooseCommitment(asked, pledge.id, 'accepted');
    if (!chosen.ok) throw new Error(chosen.reason);
    expect(standInOf(chosen.value, pledge)).toMatchObject({ by: 'commitment', reason: 'accepted' });
    expect(materialsToHandIn(chosen.value)).toEqual([
      { id: pledge.id, name: '纸', pages: [], commitment: true, pledge: text },
    ]);
    const declined = chooseCommitment(chosen.value, pledge.id, 'declined');
    expect(declined).toMatchObject({ ok: true });
    if (declined.ok) expect(standInOf(declined.value, pledge)).toBeUndefined();
    expect(chooseCommitment(asked, 'M-OTHER', 'accepted')).toMatchObject({ ok: false, reason: 'unknown-material' });
  });

  it('is no commitment where the rules do not offer one', () => {
    const untrusted = { ...trusted, seriousDishonesty: true };
    const dangerous = { ...sampleItem, highRisk: 'environment' as const, materials: [pledge] };
    const drafts = [
      draftOf(pledge),
      { ...draftOf(pledge), credit: untrusted },
      { ...beginApplication(dangerous, samplePerson, lists), credit: trusted },
      useCertificate({ ...draftOf(pledge), credit: trusted }, pledge.id, { id: 'e1', name: '证', issuer: '局' }),
    ];
    for (const draft of drafts)
      expect(chooseCommitment(draft, pledge.id, 'accepted')).toMatchObject({ ok: false, reason: 'not-offered' });
  });
});
