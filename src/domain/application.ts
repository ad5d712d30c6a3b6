import { checkField, type FieldRule } from './form-rules.ts';
import type { CardPerson } from './identity.ts';
import type { CatalogueItem, FormField, Material, PrefillSource } from './item.ts';
import type { CrossRegionChoice, Pledge } from './item-details.ts';
import type { CreditStanding } from './proofs/commitment.ts';
import type { NetworkAnswer, PublishedLists } from './proofs/substitution.ts';
import { assertNever, done, refused, type Result } from './result.ts';
import {
  applicableFields,
  applicableMaterials,
  applicableSituations,
  standingAnswers,
  type Answers,
} from './situations.ts';
import { isCommitmentOffered, standInOf } from './stand-in.ts';

/** Pages of one material: more than any paper a hall asks for, little enough for the store. */
export const maxPagesPerMaterial = 20;

export interface DraftValue {
  readonly value: string;
  /** `card` values are shown masked and with their source. */
  readonly source: 'card' | 'person';
}

/** A scanned page that was stored; the image itself is elsewhere. */
export interface DraftPage {
  readonly id: string;
  /** SHA-256 of the JPEG, in hex. */
  readonly sha256: string;
}

/** An e-certificate that stands for a material. What it says stays with the platform. */
export interface DraftCertificate {
  /** 电子证照标识 */
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
}

/** What a check over the network (网络核验) said of a material. */
export interface DraftCheck {
  readonly answer: NetworkAnswer;
  /** The service or department that said it, or was asked. */
  readonly source: string;
}

/**
 * One application as it grows during a visit. A plain value: every function here gives a new one. Values and pages whose
 * condition no longer holds are kept, so that changing an answer back costs nothing, but they are not handed in.
 */
export interface ApplicationDraft {
  readonly item: CatalogueItem;
  readonly answers: Answers;
  readonly values: Readonly<Record<string, DraftValue>>;
  readonly pages: Readonly<Record<string, readonly DraftPage[]>>;
  /** By material. */
  readonly certificates?: Readonly<Record<string, DraftCertificate>>;
  /** By material; of those that were checked and got an answer. */
  readonly checks?: Readonly<Record<string, DraftCheck>>;
  /** The home is elsewhere, and the person chose how it is done from here. Without it the item is one of this place. */
  readonly crossRegion?: CrossRegionChoice;
  /** What the credit service says of the applicant; absent as long as it was not asked or did not answer. */
  readonly credit?: CreditStanding;
  /** What was chosen where a written commitment was offered, by material. */
  readonly commitments?: Readonly<Record<string, 'accepted' | 'declined'>>;
  /** What was published about proofs and certificates. Without it only paper and certificates count. */
  readonly lists?: PublishedLists;
  /** Of the case that it becomes; fixed once certificates were asked for, since that was for this case. */
  readonly caseId?: string;
}

/** An empty form, except for what the card already tells. */
export function beginApplication(item: CatalogueItem, person: CardPerson, lists?: PublishedLists): ApplicationDraft {
  const values: Record<string, DraftValue> = {};
  for (const field of item.fields) {
    const value = field.prefill && cardValue(field, field.prefill, person);
    if (value) values[field.name] = { value, source: 'card' };
  }
  return { item, answers: {}, values, pages: {}, ...(lists && { lists }) };
}

/** What the card says is taken as it is: the state checked it. Only a choice must be one of the options. */
function cardValue(field: FormField, source: PrefillSource, person: CardPerson): string | undefined {
  const value = {
    'card.name': person.name,
    'card.idNumber': person.idNumber,
    'card.sex': person.sex,
    'card.nation': person.nation,
    'card.birth': person.birth,
    'card.address': person.address,
  }[source];
  if (field.type !== 'choice') return value;
  return field.options.some((option) => option.id === value) ? value : undefined;
}

/** Answers one question that is open now; answers to questions that fall away with it are dropped. */
export function answerSituation(
  draft: ApplicationDraft,
  question: string,
  option: string,
): Result<ApplicationDraft, 'unknown-answer'> {
  const situation = applicableSituations(draft.item, draft.answers).find(({ id }) => id === question);
  if (!situation?.options.some(({ id }) => id === option)) return refused('unknown-answer');
  return done({ ...draft, answers: standingAnswers(draft.item, { ...draft.answers, [question]: option }) });
}

/** Sets or, with an empty value, clears one field that applies. A value that breaks a rule is not kept. */
export function setField(
  draft: ApplicationDraft,
  name: string,
  value: string,
  today: string,
): Result<ApplicationDraft, 'unknown-field' | FieldRule> {
  const field = applicableFields(draft.item, draft.answers).find((one) => one.name === name);
  if (!field) return refused('unknown-field');
  const checked = checkField(field, value, today);
  if (!checked.ok) return checked;
  const values = { ...draft.values, [name]: { value: checked.value, source: 'person' as const } };
  if (checked.value === '') delete values[name];
  return done({ ...draft, values });
}

/** `not-asked-for`: an e-certificate stands for it, or a check over the network confirmed it. */
export type PageRefusal = 'unknown-material' | 'too-many-pages' | 'not-asked-for';

/** Whether one more page of a material can be added. */
export function hasRoomForPage(draft: ApplicationDraft, material: string): Result<undefined, PageRefusal> {
  if (!takesPages(draft, material)) return refused('unknown-material');
  const isConfirmed = draft.checks?.[material]?.answer === 'confirmed';
  if (isConfirmed || draft.certificates?.[material] !== undefined) return refused('not-asked-for');
  return (draft.pages[material]?.length ?? 0) < maxPagesPerMaterial ? done() : refused('too-many-pages');
}

export function addPage(
  draft: ApplicationDraft,
  material: string,
  page: DraftPage,
): Result<ApplicationDraft, PageRefusal> {
  const room = hasRoomForPage(draft, material);
  if (!room.ok) return room;
  const pages = draft.pages[material] ?? [];
  return done({ ...draft, pages: { ...draft.pages, [material]: [...pages, page] } });
}

export function removePages(draft: ApplicationDraft, material: string): Result<ApplicationDraft, 'unknown-material'> {
  if (!takesPages(draft, material)) return refused('unknown-material');
  return done({ ...draft, pages: { ...draft.pages, [material]: [] } });
}

/** Whether an e-certificate could spare the person a scan: nothing is there yet, and the item takes one. */
export function wantsCertificate(draft: ApplicationDraft, material: Material): boolean {
  const { certificate, substitutes } = material;
  const listed = certificate !== undefined && draft.lists?.paperFree.has(certificate) === true;
  const electronic = listed || (certificate !== undefined && substitutes?.includes('e-certificate') === true);
  const isThere = (draft.pages[material.id]?.length ?? 0) > 0 || draft.certificates?.[material.id] !== undefined;
  return material.source === 'scan' && electronic && !isThere;
}

/**
 * Whether a check over the network could spare the person a scan: the item takes one, nothing is there yet, and nothing that
 * comes before it in the order stands for the paper.
 */
export function wantsNetworkCheck(draft: ApplicationDraft, material: Material): boolean {
  const { id, source, substitutes } = material;
  const isThere = (draft.pages[id]?.length ?? 0) > 0 || draft.checks?.[id] !== undefined;
  const takesOne = source === 'scan' && substitutes?.includes('network-check') === true;
  return takesOne && !isThere && draft.certificates?.[id] === undefined;
}

/** Takes it back, as one that does not count any more: the material is asked for again. */
export function dropCertificate(draft: ApplicationDraft, material: string): ApplicationDraft {
  const certificates = { ...draft.certificates };
  delete certificates[material];
  return { ...draft, certificates };
}

/**
 * Chooses between the paper and a written commitment (告知承诺), where that is offered. The choice can be changed until the
 * hand-in; who does not want it brings the paper as before.
 */
export function chooseCommitment(
  draft: ApplicationDraft,
  material: string,
  choice: 'accepted' | 'declined',
): Result<ApplicationDraft, 'unknown-material' | 'not-offered'> {
  const wanted = applicableMaterials(draft.item, draft.answers).find(({ id }) => id === material);
  if (!wanted) return refused('unknown-material');
  if (!isCommitmentOffered(draft, wanted)) return refused('not-offered');
  return done({ ...draft, commitments: { ...draft.commitments, [material]: choice } });
}

/** Lets a certificate stand for a material. */
export function useCertificate(
  draft: ApplicationDraft,
  material: string,
  certificate: DraftCertificate,
): ApplicationDraft {
  return { ...draft, certificates: { ...draft.certificates, [material]: certificate } };
}

function takesPages(draft: ApplicationDraft, material: string): boolean {
  return applicableMaterials(draft.item, draft.answers).some(({ id, source }) => id === material && source === 'scan');
}

/** A scan needs a page, or something in its place; the form its required answers; the card was read before the application began. */
export function isMaterialComplete(draft: ApplicationDraft, material: Material): boolean {
  switch (material.source) {
    case 'card':
      return true;
    case 'form':
      return unansweredFields(draft).length === 0;
    case 'scan':
      return (draft.pages[material.id]?.length ?? 0) > 0 || standInOf(draft, material) !== undefined;
    default:
      return assertNever(material.source);
  }
}

/** What still has to be done before handing in: ids of questions, names of fields, ids of materials, in page order. */
export function missing(draft: ApplicationDraft): string[] {
  const questions = applicableSituations(draft.item, draft.answers).filter(({ id }) => draft.answers[id] === undefined);
  const scans = applicableMaterials(draft.item, draft.answers).filter(
    (material) => material.source === 'scan' && !isMaterialComplete(draft, material),
  );
  return [...questions.map(({ id }) => id), ...unansweredFields(draft), ...scans.map(({ id }) => id)];
}

function unansweredFields(draft: ApplicationDraft): string[] {
  return applicableFields(draft.item, draft.answers)
    .filter(({ name, required }) => required && draft.values[name] === undefined)
    .map(({ name }) => name);
}

/** The form as it is handed in: field name to value, only fields that apply and have one. */
export function fieldsToHandIn(draft: ApplicationDraft): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { name } of applicableFields(draft.item, draft.answers)) {
    const value = draft.values[name]?.value;
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

/** The materials as they are handed in. Card and form count without pages. */
export function materialsToHandIn(draft: ApplicationDraft): {
  id: string;
  name: string;
  pages: DraftPage[];
  certificate?: string;
  commitment?: true;
  pledge?: Pledge;
  networkCheck?: 'confirmed' | 'asked';
}[] {
  return applicableMaterials(draft.item, draft.answers).map((material) => {
    const { id, name, source } = material;
    const certificate = draft.certificates?.[id]?.id;
    const pages = source === 'scan' ? [...(draft.pages[id] ?? [])] : [];
    const standIn = pages.length === 0 ? standInOf(draft, material) : undefined;
    return {
      id,
      name,
      pages,
      ...(certificate !== undefined && { certificate }),
      ...(standIn?.by === 'commitment' && {
        commitment: true as const,
        ...(material.pledge && { pledge: material.pledge }),
      }),
      ...(standIn?.by === 'network-check' && { networkCheck: standIn.reason }),
    };
  });
}
