import { z } from 'zod';
import sample from '../../../resources/registers/sample.json' with { type: 'json' };
import { hallDay } from '../../domain/calendar/day.ts';
import { birthDay, isIdNumberValid } from '../../domain/id-number.ts';
import type { Facts } from '../../domain/instant-approval.ts';
import type { CreditStanding } from '../../domain/proofs/commitment.ts';
import type { AtHand, NetworkAnswer } from '../../domain/proofs/substitution.ts';

/**
 * What state registers know, as the rules of items ask for it. They are asked live; a province puts its data-sharing platform
 * here. What is not known is left out, never guessed.
 */
export interface Register {
  /**
   * Facts about the people of one application: the applicant and everybody else whose identity number is in the form.
   *
   * @param names without their `register.`
   */
  factsAbout(people: readonly string[], names: readonly string[], at: Date): Promise<Facts>;
  certificatesOf(idNumber: string): Promise<AtHand['eCertificates']>;
  /** What the credit service has of whoever `isWho` says it is; who is not in its records has done nothing wrong. */
  creditOf(isWho: (idNumber: string) => boolean): Promise<CreditStanding | 'unknown'>;
  /**
   * 网络核验: what the service for a material says of whoever `isWho` says it is. `asked`: it does not know, but the department
   * that `source` names can look. Undefined where there is no such service.
   */
  verify(isWho: (idNumber: string) => boolean, material: string): Promise<Verified | undefined>;
}

interface Verified {
  readonly answer: NetworkAnswer;
  readonly source: string;
}

const sampleRegister = z.strictObject({
  applications: z.array(
    z.strictObject({
      /** Exactly these: what is known of one person says nothing of an application that names another one. */
      people: z.array(z.string()).min(1),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  ),
  credit: z.array(
    z.strictObject({
      holder: z.string(),
      seriousDishonesty: z.boolean(),
      falseCommitment: z.boolean(),
      repaired: z.boolean(),
    }),
  ),
  services: z.array(
    z.strictObject({
      name: z.string(),
      /** Who looks when the service does not know. */
      department: z.string(),
      materials: z.array(z.string()).min(1),
      known: z.array(z.strictObject({ holder: z.string(), material: z.string(), confirmed: z.boolean() })),
    }),
  ),
  certificates: z.array(
    z.strictObject({
      holder: z.string(),
      id: z.string(),
      type: z.string(),
      state: z.enum(['valid', 'suspended', 'revoked']),
      validTo: z.iso.date().optional(),
    }),
  ),
});

const spotless: CreditStanding = { seriousDishonesty: false, falseCommitment: false, repaired: false };

/** A register of made-up people, with the program, for tests and demonstrations. */
export function openSampleRegister(): Register {
  const { applications, certificates, credit, services } = sampleRegister.parse(sample);
  return {
    async factsAbout(people, names, at) {
      const known = applications.find((one) => sameSet(one.people, people))?.facts;
      const all: Facts = { ...(known && { ...fromNumber(people, at), ...known }) };
      return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
    },
    async creditOf(isWho) {
      const { seriousDishonesty, falseCommitment, repaired } = credit.find(({ holder }) => isWho(holder)) ?? spotless;
      return { seriousDishonesty, falseCommitment, repaired };
    },
    async verify(isWho, material) {
      const service = services.find(({ materials }) => materials.includes(material));
      if (!service) return undefined;
      const known = service.known.find((one) => one.material === material && isWho(one.holder));
      if (!known) return { answer: 'asked', source: service.department };
      return { answer: known.confirmed ? 'confirmed' : 'denied', source: service.name };
    },
    certificatesOf: async (idNumber) =>
      certificates
        .filter(({ holder }) => holder === idNumber)
        .map(({ id, type, state, validTo }) => ({ id, type, state, ...(validTo !== undefined && { validTo }) })),
  };
}

/** What the population register has by the number itself, where it is about one person only. */
function fromNumber([idNumber, ...others]: readonly string[], at: Date): Facts {
  if (idNumber === undefined || others.length > 0 || !isIdNumberValid(idNumber)) return {};
  const today = hallDay(at.toISOString());
  const birth = birthDay(idNumber);
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return { idNumberValid: true, age: today.slice(5) < birth.slice(5) ? years - 1 : years };
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join() === other.toSorted().join();
}
