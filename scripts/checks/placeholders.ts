import { IntlMessageFormat } from 'intl-messageformat';

export type Placeholders =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** The names of the values that an ICU message asks for, sorted, each once; with `name:option` for every case it tells apart. */
export function placeholders(message: string): Placeholders {
  try {
    const parsed = new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst();
    const names = new Set<string>();
    collect(parsed, names);
    return { ok: true, names: [...names].toSorted() };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Element types of @formatjs/icu-messageformat-parser that carry no value: literal text and `#`. */
const withoutValue: readonly number[] = [0, 7];
const select = 5;

function collect(elements: readonly object[], names: Set<string>): void {
  for (const element of elements) {
    const type: unknown = Reflect.get(element, 'type');
    const value: unknown = Reflect.get(element, 'value');
    const options: unknown = Reflect.get(element, 'options');
    if (typeof type !== 'number' || withoutValue.includes(type) || typeof value !== 'string') continue;
    names.add(value);
    if (typeof options !== 'object' || options === null) continue;
    for (const [option, content] of Object.entries(options)) {
      // The cases of a plural depend on the language, those of a choice do not.
      if (type === select) names.add(`${value}:${option}`);
      const inner: unknown = Reflect.get(content, 'value');
      if (Array.isArray(inner)) collect(inner, names);
    }
  }
}
