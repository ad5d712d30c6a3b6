import { z } from 'zod';

/** A value that an action takes: a button. */
export type Value = string | number | boolean | null;

export interface Choice {
  readonly value: Value;
  /** The name of its word in the catalogue. */
  readonly word: string;
}

/** One thing that can happen at a simulated device: `{ [key]: value }` is the action. */
export interface Control {
  readonly key: string;
  readonly choices: readonly Choice[];
  /** How the device is at its start. What has one stays as it was chosen, like a cover; what has none happens, like a press of a key. */
  readonly initial?: Value;
  /** Whatever else it takes. */
  readonly free?: 'text' | 'number';
}

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** As much of JSON Schema as the schemas of actions need. */
const property = z.object({
  type: z.string().optional(),
  enum: z.array(value).optional(),
  const: value.optional(),
  title: z.string().optional(),
  default: value.optional(),
  examples: z.array(value).optional(),
  get anyOf() {
    return z.array(property).optional();
  },
});
type Property = z.infer<typeof property>;

const schema = z.object({
  properties: z.record(z.string(), property).optional(),
  required: z.array(z.string()).optional(),
  get anyOf() {
    return z.array(schema).optional();
  },
});

/**
 * The controls for the actions that a schema describes. Of an object with required properties these are what happens, the
 * others only say more about it; of one without, each property is an action of its own.
 */
export function controlsOf(actions: unknown): readonly Control[] {
  const controls = new Map<string, Control>();
  for (const { properties = {}, required = Object.keys(properties) } of objectsIn(schema.parse(actions))) {
    for (const key of required) {
      const found = properties[key];
      if (found) controls.set(key, merged(controls.get(key), controlOf(key, found)));
    }
  }
  return [...controls.values()];
}

type Schema = z.infer<typeof schema>;

function objectsIn(one: Schema): readonly Schema[] {
  return one.anyOf ? one.anyOf.flatMap(objectsIn) : [one];
}

/** What several actions of one name have in common is one control; what a device is at its start comes first. */
function merged(before: Control | undefined, next: Control): Control {
  if (!before) return next;
  const choices = 'initial' in next ? [...next.choices, ...before.choices] : [...before.choices, ...next.choices];
  return { ...before, ...next, choices };
}

function controlOf(key: string, found: Property): Control {
  const parts = found.anyOf ?? [found];
  const choices = [...parts.flatMap(choicesOf), ...(found.examples ?? []).map(toChoice)];
  const free = parts.flatMap(freeOf)[0];
  return {
    key,
    choices: choices.toSorted(
      (one, other) => Number(other.value === found.default) - Number(one.value === found.default),
    ),
    ...(found.default === undefined ? {} : { initial: found.default }),
    ...(free === undefined ? {} : { free }),
  };
}

function choicesOf({ type, enum: values, const: only, title }: Property): readonly Choice[] {
  if (only !== undefined) return [{ value: only, word: title ?? String(only) }];
  if (values) return values.map(toChoice);
  if (type === 'boolean') return [false, true].map(toChoice);
  return type === 'null' ? [toChoice(null)] : [];
}

function freeOf({ type, enum: values, const: only }: Property): readonly ('text' | 'number')[] {
  if (values ?? only !== undefined) return [];
  if (type === 'string') return ['text'];
  return type === 'integer' || type === 'number' ? ['number'] : [];
}

const toChoice = (one: Value): Choice => ({ value: one, word: String(one) });
