import { checkField, type FieldRule } from './form-rules.ts';
import type { CardPerson } from './identity.ts';
import type { CatalogueItem, FormField, Material, PrefillSource } from './item.ts';
import { assertNever, done, refused, type Result } from './result.ts';
import {
  applicableFields,
  applicableMaterials,
  applicableSituations,
  standingAnswers,
  type Answers,
} from './situations.ts';

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

/**
 * One application as it grows during a visit. A plain value: every function here gives a new one. Values and pages whose
 * condition no longer holds are kept, so that changing an answer back costs nothing, but they are not handed in.
 */
export interface ApplicationDraft {
  readonly item: CatalogueItem;
  readonly answers: Answers;
  readonly values: Readonly<Record<string, DraftValue>>;
  readonly pages: Readonly<Record<string, readonly DraftPage[]>>;
}

/** An empty form, except for what the card already tells. */
export function beginApplication(item: CatalogueItem, person: CardPerson): ApplicationDraft {
  const values: Record<string, DraftValue> = {};
  for (const field of item.fields) {
    const value = field.prefill && cardValue(field, field.prefill, person);
    if (value) values[field.name] = { value, source: 'card' };
  }
  return { item, answers: {}, values, pages: {} };
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

export type PageRefusal = 'unknown-material' | 'too-many-pages';

/** Whether one more page of a material can be added. */
export function hasRoomForPage(draft: ApplicationDraft, material: string): Result<undefined, PageRefusal> {
  if (!takesPages(draft, material)) return refused('unknown-material');
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

function takesPages(draft: ApplicationDraft, material: string): boolean {
  return applicableMaterials(draft.item, draft.answers).some(({ id, source }) => id === material && source === 'scan');
}

/** A scan needs a page; the form its required answers; the card was read before the application began. */
export function isMaterialComplete(draft: ApplicationDraft, material: Material): boolean {
  switch (material.source) {
    case 'card':
      return true;
    case 'form':
      return unansweredFields(draft).length === 0;
    case 'scan':
      return (draft.pages[material.id]?.length ?? 0) > 0;
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
export function materialsToHandIn(draft: ApplicationDraft): { id: string; name: string; pages: DraftPage[] }[] {
  return applicableMaterials(draft.item, draft.answers).map(({ id, name, source }) => ({
    id,
    name,
    pages: source === 'scan' ? [...(draft.pages[id] ?? [])] : [],
  }));
}
