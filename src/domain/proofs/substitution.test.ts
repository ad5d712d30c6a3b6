import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highRiskFields, mayCommit, type CreditStanding } from './commitment.ts';
import {
  substitute,
  substitutionOrder,
  wantedMaterial,
  type AtHand,
  type PublishedLists,
  type WantedMaterial,
} from './substitution.ts';

/** The 15 of 德昌县 2021, from 营业执照 to 辐射安全许可证. */
const paperFree =
  'business-licence property food-licence marriage divorce tobacco-retail tobacco-transport oversize-transport ' +
  'road-transport social-organisation private-institution foundation water-taking hazardous-waste radiation-safety';
const lists: PublishedLists = {
  paperFree: new Set(paperFree.split(' ')),
  retainedProofs: new Set(['premises', 'kinship']),
};
const ask = (wanted: WantedMaterial, at: AtHand) => substitute(wanted, at, lists);

const good: CreditStanding = { seriousDishonesty: false, falseCommitment: false, repaired: false };
const premises: WantedMaterial = {
  kind: { proof: 'premises' },
  basis: '市场主体登记管理条例第十六条',
  shownBy: ['property'],
  coveredBy: ['M-LEASE'],
  verifiableAt: '不动产登记信息核验',
  commitment: true,
  issuerCanKnow: true,
};
const nothing: AtHand = {
  today: '2026-11-22',
  certificatesShown: [],
  eCertificates: [],
  verified: {},
  materialsHandedIn: [],
  credit: good,
};
const electronic = {
  id: '1.2.156.3005.2.sample',
  type: 'property',
  state: 'valid',
  validTo: '2026-11-22',
} as const;

describe('the four cases of a written commitment', () => {
  test('it is offered, and what the person chooses holds', () => {
    const offered = { by: 'commitment', source: 'applicant', reason: 'offered' };
    expect(ask(premises, nothing)).toStrictEqual(offered);
    expect(ask(premises, { ...nothing, commitment: 'accepted' })).toStrictEqual({ ...offered, reason: 'accepted' });
  });

  test('it is not offered where much is at risk', () => {
    for (const field of highRiskFields) {
      expect(ask({ ...premises, field }, { ...nothing, commitment: 'accepted' })).toStrictEqual({
        by: 'paper',
        source: 'applicant',
        reason: 'high-risk-field',
      });
    }
    expect(highRiskFields).toHaveLength(6);
  });

  test('it is not offered to bad credit or after a false one, until that is repaired, nor while nobody knows', () => {
    const reasonFor = (credit: AtHand['credit']) =>
      ask(premises, { ...nothing, credit, commitment: 'accepted' }).reason;
    expect(reasonFor({ ...good, seriousDishonesty: true })).toBe('bad-credit');
    expect(reasonFor({ ...good, falseCommitment: true })).toBe('false-commitment-before');
    expect(reasonFor({ seriousDishonesty: true, falseCommitment: true, repaired: true })).toBe('accepted');
    expect(reasonFor('unknown')).toBe('credit-unknown');
  });

  test('who does not want it brings the proof as before', () => {
    expect(ask(premises, { ...nothing, commitment: 'declined' })).toStrictEqual({
      by: 'paper',
      source: 'applicant',
      reason: 'declined',
    });
  });

  test('a proof that is not on the list of commitments has none', () => {
    expect(mayCommit(false, undefined, good)).toStrictEqual({ ok: false, reason: 'not-on-the-list' });
  });
});

describe('what stands in for a paper', () => {
  const everything: AtHand = {
    ...nothing,
    materialsHandedIn: ['M-LEASE'],
    certificatesShown: ['property'],
    eCertificates: [electronic],
    verified: { 不动产登记信息核验: 'confirmed' },
    commitment: 'accepted',
  };

  test('is the cheapest that holds, named with its source', () => {
    const { materialsHandedIn: _, ...rest } = everything;
    const steps = [
      everything,
      { ...rest, materialsHandedIn: [] },
      { ...rest, materialsHandedIn: [], certificatesShown: [] },
      { ...rest, materialsHandedIn: [], certificatesShown: [], eCertificates: [] },
      { ...nothing, commitment: 'accepted' as const },
    ];
    expect(steps.map((at) => ask(premises, at))).toStrictEqual([
      { by: 'other-material', source: 'M-LEASE', reason: 'covered' },
      { by: 'certificate', source: 'property', reason: 'shown' },
      { by: 'e-certificate', source: electronic.id, reason: 'valid' },
      { by: 'network-check', source: '不动产登记信息核验', reason: 'confirmed' },
      { by: 'commitment', source: 'applicant', reason: 'accepted' },
    ]);
  });

  test('is nothing at all without a law, without a place on the list of retained proofs, or when nobody can know it', () => {
    const { basis: _, ...lawless } = premises;
    expect(ask(lawless, nothing)).toStrictEqual({ by: 'nothing', reason: 'no-legal-basis' });
    expect(ask({ ...premises, kind: { proof: 'living' } }, nothing)).toStrictEqual({
      by: 'nothing',
      reason: 'not-retained',
    });
    expect(ask({ ...premises, issuerCanKnow: false }, nothing).reason).toBe('issuer-cannot-know');
    expect(ask({ ...premises, kind: 'document' }, nothing).by).toBe('commitment');
  });

  test('is no e-certificate that has ended, is suspended or revoked, or is of another kind', () => {
    const by = (change: Partial<AtHand['eCertificates'][number]>) =>
      ask(premises, { ...nothing, eCertificates: [{ ...electronic, ...change }] }).by;
    expect(by({})).toBe('e-certificate');
    const { validTo: _, ...endless } = electronic;
    expect(ask(premises, { ...nothing, eCertificates: [endless] }).by).toBe('e-certificate');
    expect(by({ validTo: '2026-11-21' })).toBe('commitment');
    expect(by({ state: 'suspended' })).toBe('commitment');
    expect(by({ state: 'revoked' })).toBe('commitment');
    expect(by({ type: 'marriage' })).toBe('commitment');
  });

  test('is no commitment against a register that says the opposite', () => {
    const denied = { ...nothing, verified: { 不动产登记信息核验: 'denied' as const }, commitment: 'accepted' as const };
    expect(ask(premises, denied)).toStrictEqual({ by: 'paper', source: 'applicant', reason: 'denied' });
  });
});

describe('a material of the catalogue', () => {
  const listed = { id: 'M-1', basis: { title: '市场主体登记管理条例', article: '第十六条' } };
  const plain: WantedMaterial = {
    kind: 'document',
    basis: '市场主体登记管理条例第十六条',
    shownBy: [],
    coveredBy: [],
    commitment: false,
    issuerCanKnow: true,
  };

  test('without more is a document on paper', () => {
    expect(wantedMaterial(listed)).toStrictEqual(plain);
    expect(ask(plain, nothing)).toMatchObject({ by: 'paper', reason: 'not-on-the-list' });
  });

  test('may be a certificate, or a proof that a certificate shows too', () => {
    const certificate = { ...listed, certificate: 'marriage', substitutes: ['certificate', 'e-certificate'] };
    expect(wantedMaterial(certificate)).toStrictEqual({ ...plain, kind: { certificate: 'marriage' } });
    expect(wantedMaterial({ ...certificate, proof: 'kinship' })).toStrictEqual({
      ...plain,
      kind: { proof: 'kinship' },
      shownBy: ['marriage'],
    });
  });

  test('may be checked over the network or vouched for, unless too much is at risk', () => {
    const wanted = wantedMaterial({ ...listed, substitutes: ['network-check', 'commitment', 'paper'] }, 'environment');
    expect(wanted).toStrictEqual({ ...plain, verifiableAt: 'M-1', commitment: true, field: 'environment' });
    expect(ask(wanted, nothing)).toMatchObject({ by: 'paper', reason: 'high-risk-field' });
    expect(ask(wanted, { ...nothing, verified: { 'M-1': 'confirmed' } })).toMatchObject({ by: 'network-check' });
  });
});

const some = <T>(...of: readonly T[]) => fc.subarray([...of]);
const materials: fc.Arbitrary<WantedMaterial> = fc
  .record({
    kind: fc.constantFrom<WantedMaterial['kind']>(
      { proof: 'premises' },
      { proof: 'living' },
      'document',
      { certificate: 'marriage' },
      { certificate: 'driving-licence' },
    ),
    basis: fc.constantFrom('市场主体登记管理条例第十六条', undefined),
    shownBy: some('property', 'id-card'),
    coveredBy: some('M-LEASE', 'M-BOOK'),
    verifiableAt: fc.constantFrom('register', undefined),
    commitment: fc.boolean(),
    issuerCanKnow: fc.boolean(),
    field: fc.constantFrom(...highRiskFields, undefined),
  })
  .map(({ basis, verifiableAt, field, ...rest }) => ({
    ...rest,
    ...(basis !== undefined && { basis }),
    ...(verifiableAt !== undefined && { verifiableAt }),
    ...(field !== undefined && { field }),
  }));
const types = ['property', 'id-card', 'marriage', 'driving-licence'] as const;
const situations: fc.Arbitrary<AtHand> = fc
  .record({
    certificatesShown: some(...types),
    eCertificates: fc.array(
      fc.record({
        id: fc.constantFrom('e1', 'e2'),
        type: fc.constantFrom(...types),
        state: fc.constantFrom('valid' as const, 'suspended' as const, 'revoked' as const),
        validTo: fc.constantFrom('2026-11-21', '2026-11-22', '9999-12-31'),
      }),
      { maxLength: 3 },
    ),
    verified: fc.constantFrom<AtHand['verified']>({}, { register: 'confirmed' }, { register: 'denied' }),
    materialsHandedIn: some('M-LEASE', 'M-BOOK'),
    credit: fc.oneof(
      fc.constant('unknown' as const),
      fc.record({ seriousDishonesty: fc.boolean(), falseCommitment: fc.boolean(), repaired: fc.boolean() }),
    ),
    commitment: fc.constantFrom('accepted' as const, 'declined' as const, undefined),
  })
  .map(({ commitment, ...rest }) => ({ ...rest, today: '2026-11-22', ...(commitment && { commitment }) }));

describe('whatever is wanted and whatever is there', () => {
  test('15 certificates are listed', () => expect(lists.paperFree.size).toBe(15));

  const rank = (by: (typeof substitutionOrder)[number]) => substitutionOrder.indexOf(by);

  test('the paper is never asked for when something else holds', () => {
    const holds = (wanted: WantedMaterial, at: AtHand): boolean => {
      const { kind } = wanted;
      const own = typeof kind === 'object' && 'certificate' in kind ? [kind.certificate] : [];
      const showing: readonly string[] = [...own, ...wanted.shownBy];
      const trusted = at.credit !== 'unknown' && (at.credit.repaired || !Object.values(at.credit).includes(true));
      const doubted = at.verified[wanted.verifiableAt ?? ''] === 'denied';
      return [
        wanted.basis === undefined,
        JSON.stringify(wanted.kind).includes('living'),
        !wanted.issuerCanKnow,
        own.includes('marriage'),
        wanted.coveredBy.some((one) => at.materialsHandedIn.includes(one)),
        showing.some((one) => at.certificatesShown.includes(one)),
        at.eCertificates.some(
          (one) => showing.includes(one.type) && one.state === 'valid' && one.validTo !== '2026-11-21',
        ),
        wanted.verifiableAt !== undefined && at.verified['register'] === 'confirmed',
        wanted.commitment && !wanted.field && trusted && !doubted && at.commitment !== 'declined',
      ].includes(true);
    };
    fc.assert(
      fc.property(materials, situations, (wanted, at) => {
        expect(ask(wanted, at).by === 'paper').toBe(!holds(wanted, at));
      }),
      { numRuns: 5_000 },
    );
  });

  test('one more thing at hand never makes it dearer', () => {
    const more: fc.Arbitrary<(at: AtHand) => AtHand> = fc.constantFrom(
      (at: AtHand) => ({ ...at, certificatesShown: [...types] }),
      (at: AtHand) => ({ ...at, materialsHandedIn: ['M-LEASE', 'M-BOOK'] }),
      (at: AtHand) => ({
        ...at,
        eCertificates: [...at.eCertificates, ...types.map((type) => ({ ...electronic, type }))],
      }),
      (at: AtHand) => ({ ...at, verified: { register: 'confirmed' as const } }),
      (at: AtHand) => ({ ...at, credit: good }),
      (at: AtHand) => ({ ...at, commitment: 'accepted' as const }),
    );
    fc.assert(
      fc.property(materials, situations, more, (wanted, at, add) => {
        expect(rank(ask(wanted, add(at)).by)).toBeLessThanOrEqual(rank(ask(wanted, at).by));
      }),
      { numRuns: 2_000 },
    );
  });

  test('none of the 15 certificates is asked for on paper, and a valid e-certificate of it stands in at once', () => {
    fc.assert(
      fc.property(materials, situations, fc.constantFrom(...lists.paperFree), (wanted, at, id) => {
        const certificate = { ...wanted, kind: { certificate: id } };
        expect(ask(certificate, at).by).not.toBe('paper');
        const found = { ...at, eCertificates: [{ ...electronic, id: 'found', type: id }] };
        expect(rank(ask(certificate, found).by)).toBeLessThanOrEqual(rank('e-certificate'));
      }),
    );
    const marriage = { ...premises, kind: { certificate: 'marriage' }, shownBy: [], coveredBy: [] };
    const office = { by: 'office', source: 'marriage', reason: 'paper-free' };
    expect(ask(marriage, { ...nothing, commitment: 'declined' })).toStrictEqual(office);
  });
});
