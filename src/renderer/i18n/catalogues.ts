import type { Catalogue, Locale } from '../../domain/messages.ts';
import applyEn from '../../../resources/messages/apply.en.json' with { type: 'json' };
import applyZh from '../../../resources/messages/apply.zh-CN.json' with { type: 'json' };
import inputEn from '../../../resources/messages/input.en.json' with { type: 'json' };
import inputZh from '../../../resources/messages/input.zh-CN.json' with { type: 'json' };
import pageEn from '../../../resources/messages/page.en.json' with { type: 'json' };
import pageZh from '../../../resources/messages/page.zh-CN.json' with { type: 'json' };

const chinese = { ...pageZh, ...inputZh, ...applyZh };
/** Every text of the pages; Chinese is the source of the keys. */
export type PageKey = keyof typeof chinese;

export const catalogues: Readonly<Record<Locale, Catalogue<PageKey>>> = {
  'zh-CN': chinese,
  en: { ...pageEn, ...inputEn, ...applyEn },
};
