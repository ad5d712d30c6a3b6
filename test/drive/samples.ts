import type { Answers } from './visit.ts';
import { phone } from './people.ts';

/** An item of the sample catalogue and how the made-up people answer its form. */
export interface Sample {
  readonly code: string;
  readonly name: string;
  readonly answers: Answers;
  /** Materials that apply to these answers, in the order of the catalogue. */
  readonly materials: readonly string[];
  /** Pages to photograph: one for each material on paper. */
  readonly scans: number;
}

export const seniorAllowance: Sample = {
  code: '11990101MB000001934990500001000',
  name: '80周岁以上老年人高龄津贴申领',
  answers: {
    applicant: 'self',
    'age-band': '80-to-89',
    household: 'long-settled',
    payment: 'social-card',
    phone,
    monthlyIncome: '1850',
    livesAlone: 'yes',
  },
  materials: ['M-ID-CARD', 'M-ALLOWANCE-FORM', 'M-HOUSEHOLD-BOOK'],
  scans: 1,
};

/** An 一件事: one form for three departments. */
export const newborn: Sample = {
  code: '11990101MB000006X64992000020000',
  name: '新生儿出生一件事',
  answers: {
    parent: 'father',
    'settle-with': 'mother',
    marriage: 'married',
    'card-delivery': 'mail',
    phone,
    otherParentId: '990102199003150046',
    childSex: '2',
    childBirth: '20260918',
    birthCertificate: 'z990123456',
    insuredYears: 'this-year',
  },
  materials: ['M-ID-CARD', 'M-BIRTH-FORM', 'M-BIRTH-CERTIFICATE', 'M-HOUSEHOLD-BOOK'],
  scans: 2,
};

/** On the spot, with every kind of question that has a pad of its own. */
export const prepackagedFood: Sample = {
  code: '11990101MB0000051E4991000031000',
  name: '仅销售预包装食品经营者备案',
  answers: {
    who: 'agent',
    holder: 'household-business',
    selling: 'vending',
    filing: 'change',
    creditCode: '11990101MB00000193',
    phone,
    email: 'ab@cd.ef',
    filingNumberDate: '20250314',
    machines: '12',
    hasWarehouse: 'no',
  },
  materials: ['M-ID-CARD', 'M-FOOD-FORM', 'M-PROXY-LETTER', 'M-VENDING-LIST'],
  scans: 2,
};

/** The shortest application: nothing on paper is asked for. */
export const smallShop: Sample = {
  ...prepackagedFood,
  answers: { ...prepackagedFood.answers, who: 'owner', selling: 'shop', filing: 'first' },
  materials: ['M-ID-CARD', 'M-FOOD-FORM'],
  scans: 0,
};
