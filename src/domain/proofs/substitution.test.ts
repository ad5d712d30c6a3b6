import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import certificateData from '../../../resources/proofs/certificates.json' with { type: 'json' };
import retainedData from '../../../resources/proofs/retained.json' with { type: 'json' };
import { readCertificateLists } from './certificates.ts';
import { highRiskFields, mayCommit, type CreditStanding } from './commitment.ts';
import { readRetainedProofs } from './retained-proofs.ts';
import { substitute, substitutionOrder, type AtHand, type WantedMaterial } from './substitution.ts';

function must<T>(result: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const lists = must(readCertificateLists(certificateData));
const retained = must(readRetainedProofs(retainedData));
const ask = (wanted: WantedMaterial, at: AtHand) => substitute(wanted, at, retained, lists);

const good: CreditStanding = { seriousDishonesty: false, falseCommitment: false, repaired: false };
const premises: WantedMaterial = {
  id: 'premises-proof',
  kind: 'proof',
  basis: '市场主体登记管理条例第十六条',
  shownBy: ['real-estate-certificate'],
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
  type: 'real-estate-certificate',
  state: 'valid',
  validTo: '2026-11-22',
} as const;

describe('the published lists', () => {
  test('are the 15 certificates without paper and the 14 that can be shown', () => {
    expect([lists.paperFree.length, lists.shown.length]).toStrictEqual([15, 14]);
    expect(lists.paperFree.map(({ name }) => name)).toContain('辐射安全许可证');
    expect(lists.shown.map(({ name }) => name)).toContain('残疾人证');
  });

  test.each([
    ['malformed', { ...certificateData, version: '1' }],
    ['twice', { ...certificateData, shown: certificateData.paperFree.slice(0, 1) }],
    ['twice', { ...certificateData, shown: [{ id: 'other-name', name: '营业执照' }] }],
  ])('of certificates are refused when %s', (reason, data) => {
    expect(readCertificateLists(data)).toMatchObject({ ok: false, reason });
  });

  test.each([
    ['malformed', { ...retainedData, proofs: retainedData.proofs.map((proof) => ({ ...proof, reason: '' })) }],
    ['twice', { ...retainedData, proofs: [...retainedData.proofs, ...retainedData.proofs.slice(0, 1)] }],
  ])('of retained proofs are refused when %s', (reason, data) => {
    expect(readRetainedProofs(data)).toMatchObject({ ok: false, reason });
  });
});

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
    certificatesShown: ['real-estate-certificate'],
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
      { by: 'certificate', source: 'real-estate-certificate', reason: 'shown' },
      { by: 'e-certificate', source: electronic.id, reason: 'valid' },
      { by: 'network-check', source: '不动产登记信息核验', reason: 'confirmed' },
      { by: 'commitment', source: 'applicant', reason: 'accepted' },
    ]);
  });

  test('is nothing at all without a law, without a place on the list of retained proofs, or when nobody can know it', () => {
    const { basis: _, ...lawless } = premises;
    expect(ask(lawless, nothing)).toStrictEqual({ by: 'nothing', reason: 'no-legal-basis' });
    expect(ask({ ...premises, id: 'living-proof' }, nothing)).toStrictEqual({ by: 'nothing', reason: 'not-retained' });
    expect(ask({ ...premises, issuerCanKnow: false }, nothing).reason).toBe('issuer-cannot-know');
    expect(ask({ ...premises, id: 'living-proof', kind: 'document' }, nothing).by).toBe('commitment');
  });

  test('is no e-certificate that has ended, is suspended or revoked, or is of another kind', () => {
    const by = (change: Partial<AtHand['eCertificates'][number]>) =>
      ask(premises, { ...nothing, eCertificates: [{ ...electronic, ...change }] }).by;
    expect(by({})).toBe('e-certificate');
    expect(by({ validTo: 'long-term' })).toBe('e-certificate');
    expect(by({ validTo: '2026-11-21' })).toBe('commitment');
    expect(by({ state: 'suspended' })).toBe('commitment');
    expect(by({ state: 'revoked' })).toBe('commitment');
    expect(by({ type: 'marriage-certificate' })).toBe('commitment');
  });

  test('is no commitment against a register that says the opposite', () => {
    const denied = { ...nothing, verified: { 不动产登记信息核验: 'denied' as const }, commitment: 'accepted' as const };
    expect(ask(premises, denied)).toStrictEqual({ by: 'paper', source: 'applicant', reason: 'denied' });
  });
});

const some = <T>(...of: readonly T[]) => fc.subarray([...of]);
const materials: fc.Arbitrary<WantedMaterial> = fc
  .record({
    id: fc.constantFrom('premises-proof', 'kinship-proof', 'living-proof'),
    kind: fc.constantFrom<WantedMaterial['kind']>(
      'proof',
      'document',
      { certificate: 'marriage-certificate' },
      { certificate: 'driving-licence' },
    ),
    basis: fc.constantFrom('市场主体登记管理条例第十六条', undefined),
    shownBy: some('real-estate-certificate', 'identity-card'),
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
const types = ['real-estate-certificate', 'identity-card', 'marriage-certificate', 'driving-licence'] as const;
const situations: fc.Arbitrary<AtHand> = fc
  .record({
    certificatesShown: some(...types),
    eCertificates: fc.array(
      fc.record({
        id: fc.constantFrom('e1', 'e2'),
        type: fc.constantFrom(...types),
        state: fc.constantFrom('valid' as const, 'suspended' as const, 'revoked' as const),
        validTo: fc.constantFrom('2026-11-21', '2026-11-22', 'long-term'),
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
  const rank = (by: (typeof substitutionOrder)[number]) => substitutionOrder.indexOf(by);

  test('the paper is never asked for when something else holds', () => {
    const holds = (wanted: WantedMaterial, at: AtHand): boolean => {
      const own = typeof wanted.kind === 'string' ? [] : [wanted.kind.certificate];
      const showing: readonly string[] = [...own, ...wanted.shownBy];
      const trusted = at.credit !== 'unknown' && (at.credit.repaired || !Object.values(at.credit).includes(true));
      const doubted = at.verified[wanted.verifiableAt ?? ''] === 'denied';
      return [
        wanted.basis === undefined,
        wanted.kind === 'proof' && wanted.id === 'living-proof',
        !wanted.issuerCanKnow,
        own.includes('marriage-certificate'),
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
      fc.property(materials, situations, fc.constantFrom(...lists.paperFree), (wanted, at, { id }) => {
        const certificate = { ...wanted, kind: { certificate: id } };
        expect(ask(certificate, at).by).not.toBe('paper');
        const found = { ...at, eCertificates: [{ ...electronic, id: 'found', type: id }] };
        expect(rank(ask(certificate, found).by)).toBeLessThanOrEqual(rank('e-certificate'));
      }),
    );
    const marriage = { ...premises, kind: { certificate: 'marriage-certificate' }, shownBy: [], coveredBy: [] };
    const office = { by: 'office', source: 'marriage-certificate', reason: 'paper-free' };
    expect(ask(marriage, { ...nothing, commitment: 'declined' })).toStrictEqual(office);
  });
});
