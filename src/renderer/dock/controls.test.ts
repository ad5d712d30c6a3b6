import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { controlsOf } from './controls.ts';

const of = (schema: z.ZodType) => controlsOf(z.toJSONSchema(schema));

describe('controls of a schema of actions', () => {
  test('what stays as it was chosen has how the device is at its start, and offers that first', () => {
    expect(of(z.strictObject({ paper: z.enum(['out', 'ok']).meta({ default: 'ok' }) }))).toEqual([
      {
        key: 'paper',
        initial: 'ok',
        choices: [
          { value: 'ok', word: 'ok' },
          { value: 'out', word: 'out' },
        ],
      },
    ]);
  });

  test('null is a choice, and can be the first one', () => {
    const [card] = of(z.strictObject({ card: z.enum(['zhang']).nullable().meta({ default: null }) }));
    expect(card).toMatchObject({ initial: null, choices: [{ value: null }, { value: 'zhang' }] });
  });

  test('a flag can be on or off, a literal can only happen', () => {
    const [jam, noRead] = of(
      z.union([
        z.strictObject({ jam: z.boolean().meta({ default: false }) }),
        z.strictObject({ noRead: z.literal(true) }),
      ]),
    );
    expect(jam?.choices.map(({ value }) => value)).toEqual([false, true]);
    expect(noRead).toEqual({ key: 'noRead', choices: [{ value: true, word: 'true' }] });
  });

  test('examples stand beside a field for anything else; a titled value has its own word', () => {
    const [show, press] = of(
      z.union([
        z.strictObject({ show: z.string().meta({ examples: ['A-1'] }) }),
        z.strictObject({ press: z.union([z.literal(3).meta({ title: 'satisfied' }), z.int().min(0)]) }),
      ]),
    );
    expect(show).toEqual({ key: 'show', choices: [{ value: 'A-1', word: 'A-1' }], free: 'text' });
    expect(press).toEqual({ key: 'press', choices: [{ value: 3, word: 'satisfied' }], free: 'number' });
  });

  test('an object with a required property is one action, one without is several', () => {
    const fault = z.strictObject({ fault: z.enum(['drip']), at: z.enum(['page']).optional() });
    const reader = z.strictObject({ card: z.enum(['zhang']).optional(), polls: z.int().optional() });
    expect(of(fault).map(({ key }) => key)).toEqual(['fault']);
    expect(of(reader).map(({ key }) => key)).toEqual(['card', 'polls']);
  });

  test('actions of one name are one control', () => {
    const well = z.strictObject({ fault: z.literal('none').meta({ default: 'none' }) });
    const ill = z.strictObject({ fault: z.enum(['drip']), times: z.int().optional() });
    expect(of(z.union([ill, well]))).toEqual([
      {
        key: 'fault',
        initial: 'none',
        choices: [
          { value: 'none', word: 'none' },
          { value: 'drip', word: 'drip' },
        ],
      },
    ]);
  });

  test('a driver that does not say what its simulator can do has none', () => {
    expect(controlsOf({})).toEqual([]);
  });
});
