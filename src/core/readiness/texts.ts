import en from '../../../resources/messages/readiness.en.json' with { type: 'json' };
import zhCN from '../../../resources/messages/readiness.zh-CN.json' with { type: 'json' };
import { createText, type Locale, type Text } from '../../domain/messages.ts';

export type ReadinessText = Text<keyof typeof zhCN>;

export const readinessTexts: Readonly<Record<Locale, ReadinessText>> = {
  'zh-CN': createText(zhCN, 'zh-CN'),
  en: createText(en, 'en'),
};
