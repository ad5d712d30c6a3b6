import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createText } from '../../domain/messages.ts';
import type { Catalogue, Locale, Parameters, Text } from '../../domain/messages.ts';
import en from '../../../resources/messages/dock.en.json' with { type: 'json' };
import zh from '../../../resources/messages/dock.zh-CN.json' with { type: 'json' };

type DockKey = keyof typeof zh;
const catalogues: Readonly<Record<Locale, Catalogue<DockKey>>> = { 'zh-CN': zh, en };

interface Words {
  readonly text: Text<DockKey>;
  /** The word for something that a driver or a simulator names, if the catalogue has one: a new driver needs none. */
  readonly word: (
    kind: 'class' | 'control' | 'value' | 'each' | 'event',
    name: string,
    facts?: Parameters,
  ) => string | undefined;
  readonly switchLanguage: () => void;
}
const WordsContext = createContext<Words | undefined>(undefined);

function isKey(key: string): key is DockKey {
  return Object.hasOwn(zh, key);
}

/** Gives the dock its language, Chinese first. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [locale, setLocale] = useState<Locale>('zh-CN');
  const words = useMemo((): Words => {
    const text = createText(catalogues[locale], locale);
    return {
      text,
      word: (kind, name, facts) => {
        const key = `dock.${kind}.${name}`;
        return isKey(key) ? text(key, facts) : undefined;
      },
      switchLanguage: () => setLocale(locale === 'en' ? 'zh-CN' : 'en'),
    };
  }, [locale]);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = words.text('dock.title');
  }, [locale, words]);
  return (
    <WordsContext value={words}>
      <I18nProvider locale={locale}>{children}</I18nProvider>
    </WordsContext>
  );
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('no WordsProvider above');
  return words;
}
