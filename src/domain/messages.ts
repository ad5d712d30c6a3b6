import { IntlMessageFormat } from 'intl-messageformat';

/** The interface languages. Chinese is the source; every other catalogue has the same keys. */
export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

export type Catalogue<K extends string = string> = Readonly<Record<K, string>>;
export type Parameters = Readonly<Record<string, string | number>>;
export type Text<K extends string> = (key: K, parameters?: Parameters) => string;

/** What means something in an ICU message. */
const SPECIAL = /[{}'#|]/;

/**
 * Binds a catalogue of ICU messages to one language. Parsed messages are kept, since a page asks for the same ones again
 * and again. A missing key does not compile; a missing parameter throws.
 */
export function createText<K extends string>(catalogue: Catalogue<K>, locale: Locale): Text<K> {
  const parsed = new Map<K, IntlMessageFormat>();
  return (key, parameters) => {
    const plain = catalogue[key];
    // Most texts are nothing but text: nothing to parse, which counts on a page that is drawn for the first time.
    if (!SPECIAL.test(plain)) return plain;
    let message = parsed.get(key);
    if (!message) {
      message = new IntlMessageFormat(catalogue[key], locale, undefined, { ignoreTag: true });
      parsed.set(key, message);
    }
    return String(message.format(parameters));
  };
}
