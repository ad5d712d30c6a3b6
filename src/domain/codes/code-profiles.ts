import type { RatingLevel } from '../rating.ts';
import { makeCodebook, type Codebook } from './codebook.ts';

/** 办件类型. Items of the catalogue are of the first two kinds. */
export const caseKinds = ['on-the-spot', 'promised', 'other'] as const;
type CaseKind = (typeof caseKinds)[number];

/** Every way to rate that one of the systems below knows. A kiosk sends the first three only. */
export const ratingRoutes = [
  'qr',
  'pad',
  'terminal',
  'computer',
  'mobile',
  'phone',
  'text-message',
  'paper',
  'service-site',
] as const;
type RatingRoute = (typeof ratingRoutes)[number];

/** How one system writes what several of them exchange. */
export interface CodeProfile {
  /** 满意度 */
  readonly levels: Codebook<RatingLevel>;
  /** 办件类型 */
  readonly kinds: Codebook<CaseKind>;
  /** 评价渠道, `pf` */
  readonly routes: Codebook<RatingRoute>;
}

/** GB/T 39046-2020 Annex A: A.8 counts from the best level down, A.6 knows a third kind, and no list of rating routes exists. */
const gb39046: CodeProfile = {
  levels: makeCodebook('GB/T 39046 A.8', {
    'very-satisfied': '1',
    satisfied: '2',
    'fairly-satisfied': '3',
    dissatisfied: '4',
    'very-dissatisfied': '5',
  }),
  kinds: makeCodebook('GB/T 39046 A.6', { 'on-the-spot': '1', promised: '2', other: '9' }),
  routes: makeCodebook<RatingRoute>('GB/T 39046', {}),
};

/** The `pf` codes on which all published integrations of the national style agree. */
const agreedRoutes = { computer: '1', mobile: '2', qr: '3', pad: '4', terminal: '5' } as const;

/**
 * The national rating interface (全国一体化平台“好差评”), as public integrations of it print it: the best level is 5.
 * Codes 6 and 7 mean different things in different places, so here they mean nothing.
 */
const national: CodeProfile = {
  levels: makeCodebook('national satisfaction', {
    'very-satisfied': '5',
    satisfied: '4',
    'fairly-satisfied': '3',
    dissatisfied: '2',
    'very-dissatisfied': '1',
  }),
  kinds: makeCodebook<CaseKind>('national promisetime', { 'on-the-spot': '1', promised: '2' }),
  routes: makeCodebook<RatingRoute>('national pf', agreedRoutes),
};

/** Shandong (public Jining integration): the national levels and kinds, other meanings for the first two routes. */
const shandong: CodeProfile = {
  ...national,
  routes: makeCodebook<RatingRoute>('Shandong pf', {
    paper: '1',
    'service-site': '2',
    qr: '3',
    pad: '4',
    terminal: '5',
    phone: '6',
    'text-message': '7',
  }),
};

/** Zhejiang (comment of a public interface): the two kinds the other way round. */
const zhejiang: CodeProfile = {
  ...national,
  kinds: makeCodebook<CaseKind>('Zhejiang 办件类型', { promised: '1', 'on-the-spot': '2' }),
};

/**
 * A hall suite in which 6 is a text message and 7 is "default by the system". Nobody rated there, so 7 is refused in
 * both directions (国办发〔2019〕51号: ratings are voluntary).
 */
const defaultingSuite: CodeProfile = {
  ...national,
  routes: makeCodebook<RatingRoute>('hall suite pf', { ...agreedRoutes, 'text-message': '6' }, ['7']),
};

export const codeProfiles = { gb39046, national, shandong, zhejiang, defaultingSuite } as const;
