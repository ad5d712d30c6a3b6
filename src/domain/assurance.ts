/**
 * How sure somebody may be of who a person is, from least to most. The three steps are those of Implementing Regulation
 * (EU) 2015/1502; what the provinces' sign-in services call 初级, 中级 and 高级 real-name registration orders the same way.
 */
export const assuranceLevels = ['low', 'substantial', 'high'] as const;
export type AssuranceLevel = (typeof assuranceLevels)[number];

/** The ways to say who one is at a terminal: 居民身份证, 社保卡, a code of the province's app, 法人 UKey, a text message. */
export const identityMethods = ['id-card', 'social-card', 'platform-code', 'company-key', 'sms-code'] as const;
export type IdentityMethod = (typeof identityMethods)[number];

interface Assurance {
  readonly level: AssuranceLevel;
  /** 实名: a name and a number of an identity document stand behind it. */
  readonly realName: boolean;
}

/**
 * What a way is worth. High: something that only its owner has and that cannot be copied, read here. Substantial: a card that
 * is read without anything to compare its owner with, or an account that was registered under a real name. Low: somebody has
 * that telephone, nobody says who.
 */
const worth: Readonly<Record<IdentityMethod, Assurance>> = {
  'id-card': { level: 'high', realName: true },
  'company-key': { level: 'high', realName: true },
  'social-card': { level: 'substantial', realName: true },
  'platform-code': { level: 'substantial', realName: true },
  'sms-code': { level: 'low', realName: false },
};

export function assuranceOf(method: IdentityMethod): Assurance {
  return worth[method];
}

/** Whether a level is at least the one that is needed. */
export function suffices(level: AssuranceLevel, needed: AssuranceLevel): boolean {
  return assuranceLevels.indexOf(level) >= assuranceLevels.indexOf(needed);
}
