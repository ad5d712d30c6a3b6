import { createContext, useContext, useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createText } from '../../domain/messages.ts';
import type { Locale, Text } from '../../domain/messages.ts';
import { catalogues } from './catalogues.ts';
import type { PageKey } from './catalogues.ts';

interface Language {
  readonly locale: Locale;
  readonly setLocale: (locale: Locale) => void;
  readonly text: Text<PageKey>;
}
const LanguageContext = createContext<Language | undefined>(undefined);

export interface LocaleProviderProps {
  readonly locale: Locale;
  readonly onChange: (locale: Locale) => void;
  readonly children: ReactNode;
}

/** Gives the pages below their language; it also stands in the document, for fonts and screen readers. */
export function LocaleProvider({ locale, onChange, children }: LocaleProviderProps) {
  const language = useMemo(
    () => ({ locale, setLocale: onChange, text: createText(catalogues[locale], locale) }),
    [locale, onChange],
  );
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = language.text('page.windowTitle');
  }, [locale, language]);
  return (
    <LanguageContext value={language}>
      <I18nProvider locale={locale}>{children}</I18nProvider>
    </LanguageContext>
  );
}

function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('no LocaleProvider above');
  return language;
}

/** The texts of the current language. */
export function useText(): Text<PageKey> {
  return useLanguage().text;
}

export function useLocale(): Pick<Language, 'locale' | 'setLocale'> {
  return useLanguage();
}
