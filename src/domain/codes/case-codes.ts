import { done, refused, type Result } from '../result.ts';
import { makeCodebook, type Codebook } from './codebook.ts';

/** 服务对象, GB/T 39046-2020 A.4. */
export const serviceObjects = [
  'natural-person',
  'enterprise',
  'public-institution',
  'social-organisation',
  'administrative-body',
  'other',
] as const;
type ServiceObject = (typeof serviceObjects)[number];

/** GB/T 39046-2020 A.4. */
export const serviceObjectCodes: Codebook<ServiceObject> = makeCodebook('GB/T 39046 A.4', {
  'natural-person': '1',
  enterprise: '2',
  'public-institution': '3',
  'social-organisation': '4',
  'administrative-body': '5',
  other: '6',
});

/** 个人 or 法人: all that the rating interfaces ask. */
export type ApplicantKind = 'person' | 'legal-person';

/** `userProp` and `subMatter` of the national rating interface. */
export const nationalApplicantCodes: Codebook<ApplicantKind> = makeCodebook('national userProp', {
  person: '1',
  'legal-person': '2',
});

/** `userType` of the window record of hall evaluation clients: counts from 0, so that its 1 is the other one's 2. */
export const windowApplicantCodes: Codebook<ApplicantKind> = makeCodebook('window userType', {
  person: '0',
  'legal-person': '1',
});

/** Four kinds of GB/T 39046 are one for the rating interfaces; its 其他 may be either, so it is refused. */
export function applicantKindOf(object: ServiceObject): Result<ApplicantKind, 'no-counterpart'> {
  if (object === 'other') return refused('no-counterpart');
  return done(object === 'natural-person' ? 'person' : 'legal-person');
}

/** The way back: 法人 alone does not say which of the four it is. */
export function serviceObjectOf(kind: ApplicantKind): Result<ServiceObject, 'no-counterpart'> {
  return kind === 'person' ? done('natural-person') : refused('no-counterpart');
}

/** 办理形式, GB/T 39046-2020 A.5. */
export const handlingForms = ['window', 'computer', 'mobile', 'post', 'other'] as const;
type HandlingForm = (typeof handlingForms)[number];

/** GB/T 39046-2020 A.5. A terminal has no code of its own there. */
export const handlingFormCodes: Codebook<HandlingForm> = makeCodebook('GB/T 39046 A.5', {
  window: '1',
  computer: '2',
  mobile: '3',
  post: '4',
  other: '9',
});

/**
 * The A.5 form of a case handed in at a terminal: 9 其他. Reading 9 gives `other` and never a terminal, since posts of
 * many kinds share it; whether an item can be done at a terminal is a flag of the catalogue.
 */
export const terminalHandlingForm: HandlingForm = 'other';

/** `proStatus` of the national rating interface: 待办理, 办理中, 已完结. */
export type MatterState = 'waiting' | 'in-progress' | 'finished';
export const matterStateCodes: Codebook<MatterState> = makeCodebook('national proStatus', {
  waiting: '1',
  'in-progress': '2',
  finished: '3',
});
