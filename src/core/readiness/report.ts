import en from '../../../resources/messages/readiness.en.json' with { type: 'json' };
import zhCN from '../../../resources/messages/readiness.zh-CN.json' with { type: 'json' };
import type { SelfTestResult, SelfTestStepResult } from '../../contract/self-test.ts';
import { createText, type Locale, type Text } from '../../domain/messages.ts';
import { ratingLevels } from '../../domain/rating-levels.ts';
import { hallTime } from '../hall-time.ts';

type Key = keyof typeof zhCN;
const texts: Readonly<Record<Locale, Text<Key>>> = {
  'zh-CN': createText(zhCN, 'zh-CN'),
  en: createText(en, 'en'),
};

export interface ReadinessFacts {
  readonly kiosk: string;
  readonly at: Date;
  readonly results: readonly SelfTestResult[];
}

/** One paragraph of the report: a device with its steps. */
interface Part {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Whether the kiosk is ready for its day, for staff to read and to keep. Without any personal data. */
export function readinessText(facts: ReadinessFacts, locale: Locale): string {
  const text = texts[locale];
  const parts = facts.results.map((result) => partOf(result, text));
  return [
    text('readiness.title'),
    ...headLines(facts, text),
    ...parts.flatMap(({ heading, lines }) => ['', heading, ...lines.map((line) => `  ${line}`)]),
    '',
  ].join('\n');
}

/** The same as a page that stands alone, for printing. */
export function readinessHtml(facts: ReadinessFacts, locale: Locale): string {
  const text = texts[locale];
  const title = escaped(text('readiness.title'));
  const head = headLines(facts, text).map((line) => `<p>${escaped(line)}</p>`);
  const parts = facts.results.map((result) => {
    const { heading, lines } = partOf(result, text);
    return `<h2>${escaped(heading)}</h2><ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`;
  });
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${title}</title></head>`,
    `<body><h1>${title}</h1>`,
    ...head,
    ...parts,
    '</body></html>',
    '',
  ].join('\n');
}

function headLines({ kiosk, at, results }: ReadinessFacts, text: Text<Key>): string[] {
  const count = (verdict: SelfTestResult['verdict']): number => results.filter((one) => one.verdict === verdict).length;
  return [
    `${text('readiness.kiosk')} ${kiosk}`,
    `${text('readiness.at')} ${hallTime(at)}`,
    text('readiness.summary', {
      total: results.length,
      passed: count('passed'),
      failed: count('failed'),
      incomplete: count('incomplete'),
    }),
  ];
}

function partOf(result: SelfTestResult, text: Text<Key>): Part {
  const { class: kind, device, driver, verdict, reason, attended, endedAt, steps } = result;
  const because = reason === undefined ? '' : ` (${text('readiness.reason', { reason })})`;
  const presence = text(attended ? 'readiness.attended' : 'readiness.unattended');
  return {
    heading: `${text(`readiness.class.${kind}`)} ${device} (${driver}): ${text(`readiness.verdict.${verdict}`)}${because}`,
    lines: [`${hallTime(new Date(endedAt))}, ${presence}`, ...steps.map((step) => lineOf(step, text))],
  };
}

function lineOf({ step, subject, outcome, reason, pressed }: SelfTestStepResult, text: Text<Key>): string {
  const what = [text(`readiness.step.${step}`), subject === undefined ? '' : nameOf(subject, text)];
  const about = what.join(' ').trimEnd();
  const because = reason === undefined ? '' : ` (${text('readiness.reason', { reason })})`;
  const key = pressed ? ` (${keyOf(pressed, subject, text)})` : '';
  return `${text(`readiness.outcome.${outcome}`)}  ${about}${because}${key}`;
}

/** Levels of a pad's keys have names; what else a step is about is a name already. */
function nameOf(subject: string, text: Text<Key>): string {
  const level = ratingLevels.find((one) => one === subject);
  return level ? text(`readiness.level.${level}`) : subject;
}

type Pressed = NonNullable<SelfTestStepResult['pressed']>;

function keyOf({ key, level }: Pressed, wanted: string | undefined, text: Text<Key>): string {
  if (level === wanted) return text('readiness.pressedRight', { key });
  return level
    ? text('readiness.pressed', { key, level: text(`readiness.level.${level}`) })
    : text('readiness.pressedUnknown', { key });
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (line: string): string => line.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? '');
