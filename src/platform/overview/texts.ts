import en from '../../../resources/messages/platform.en.json' with { type: 'json' };
import zhCN from '../../../resources/messages/platform.zh-CN.json' with { type: 'json' };
import { createText, type Locale, type Text } from '../../domain/messages.ts';

export type PlatformText = Text<keyof typeof zhCN>;

export const platformTexts: Readonly<Record<Locale, PlatformText>> = {
  'zh-CN': createText(zhCN, 'zh-CN'),
  en: createText(en, 'en'),
};
