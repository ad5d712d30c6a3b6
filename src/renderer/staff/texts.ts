import { createText } from '../../domain/messages.ts';
import type { Locale, Text } from '../../domain/messages.ts';
import readinessEn from '../../../resources/messages/readiness.en.json' with { type: 'json' };
import readinessZh from '../../../resources/messages/readiness.zh-CN.json' with { type: 'json' };
import staffEn from '../../../resources/messages/staff.en.json' with { type: 'json' };
import staffZh from '../../../resources/messages/staff.zh-CN.json' with { type: 'json' };
import { useLocale } from '../i18n/locale.tsx';

const zhCN = { ...staffZh, ...readinessZh };
const en = { ...staffEn, ...readinessEn };
type StaffKey = keyof typeof zhCN;
const texts: Readonly<Record<Locale, Text<StaffKey>>> = {
  'zh-CN': createText(zhCN, 'zh-CN'),
  en: createText(en, 'en'),
};

/** The texts of the staff pages, which are loaded with them and not with the home page. */
export function useStaffText(): Text<StaffKey> {
  return texts[useLocale().locale];
}
