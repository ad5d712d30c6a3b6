import type { MachineTestResult, SelfTestResult, SelfTestStepResult } from '../../contract/self-test.ts';
import type { Locale } from '../../domain/messages.ts';
import { ratingLevels } from '../../domain/rating-levels.ts';
import { hallTime } from '../hall-time.ts';
import { type ReadinessText, readinessTexts } from './texts.ts';

export interface ReadinessFacts {
  readonly kiosk: string;
  readonly at: Date;
  /** What is no device; empty where only devices were tried. */
  readonly machine: readonly MachineTestResult[];
  readonly results: readonly SelfTestResult[];
}

/** One paragraph of the report: a device, or a part of the computer, with its steps. */
interface Part {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Whether the kiosk is ready for its day, for staff to read and to keep. Without any personal data. */
export function readinessText(facts: ReadinessFacts, locale: Locale): string {
  const text = readinessTexts[locale];
  const parts = partsOf(facts, text);
  return [
    text('readiness.title'),
    ...headLines(facts, text),
    ...parts.flatMap(({ heading, lines }) => ['', heading, ...lines.map((line) => `  ${line}`)]),
    '',
  ].join('\n');
}

/** The same as a page that stands alone, for printing. */
export function readinessHtml(facts: ReadinessFacts, locale: Locale): string {
  const text = readinessTexts[locale];
  const title = escaped(text('readiness.title'));
  const head = headLines(facts, text).map((line) => `<p>${escaped(line)}</p>`);
  const parts = partsOf(facts, text).map(
    ({ heading, lines }) =>
      `<section><h2>${escaped(heading)}</h2><ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul></section>`,
  );
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${title}</title>`,
    `<style>${style}</style></head>`,
    `<body><h1>${title}</h1>`,
    ...head,
    ...parts,
    '</body></html>',
    '',
  ].join('\n');
}

/** For paper: black on white. The family is the one the pages are set in; where it is not there, another one does. */
const style = [
  `body { font: 11pt/1.5 'Noto Sans SC Variable', 'Noto Sans SC', sans-serif; color: #000; margin: 0 }`,
  'h1 { font-size: 18pt; margin: 0 0 8pt } h2 { font-size: 12pt; margin: 12pt 0 2pt } p { margin: 0 }',
  'section { break-inside: avoid } ul { margin: 0; padding-left: 16pt } li { white-space: pre-wrap }',
].join(' ');

function headLines({ kiosk, at, machine, results }: ReadinessFacts, text: ReadinessText): string[] {
  return [
    `${text('readiness.kiosk')} ${kiosk}`,
    `${text('readiness.at')} ${hallTime(at)}`,
    text('readiness.summary', countsOf(results)),
    ...(machine.length > 0 ? [text('readiness.parts', countsOf(machine))] : []),
  ];
}

function countsOf(results: readonly Pick<SelfTestResult, 'verdict'>[]) {
  const count = (wanted: SelfTestResult['verdict']) => results.filter(({ verdict }) => verdict === wanted).length;
  return {
    total: results.length,
    passed: count('passed'),
    failed: count('failed'),
    incomplete: count('incomplete'),
  };
}

function partsOf({ machine, results }: ReadinessFacts, text: ReadinessText): Part[] {
  return [...machine.map((result) => machinePartOf(result, text)), ...results.map((result) => partOf(result, text))];
}

function machinePartOf({ part, verdict, reason, steps }: MachineTestResult, text: ReadinessText): Part {
  // Only devices are closed.
  const outcome = text(verdict === 'failed' ? 'readiness.part-failed' : `readiness.verdict.${verdict}`);
  return {
    heading: `${text(`readiness.part.${part}`)}: ${outcome}${because(reason, text)}`,
    lines: steps.map((step) => lineOf(step, text)),
  };
}

function partOf(result: SelfTestResult, text: ReadinessText): Part {
  const { class: kind, device, driver, verdict, reason, attended, endedAt, steps } = result;
  const presence = text(attended ? 'readiness.attended' : 'readiness.unattended');
  const outcome = `${text(`readiness.verdict.${verdict}`)}${because(reason, text)}`;
  return {
    heading: `${text(`readiness.class.${kind}`)} ${device} (${driver}): ${outcome}`,
    lines: [`${hallTime(new Date(endedAt))}, ${presence}`, ...steps.map((step) => lineOf(step, text))],
  };
}

function lineOf({ step, subject, outcome, reason, pressed }: SelfTestStepResult, text: ReadinessText): string {
  const what = [text(`readiness.step.${step}`), subject === undefined ? '' : nameOf(subject, text)];
  const about = what.join(' ').trimEnd();
  const key = pressed ? ` (${keyOf(pressed, subject, text)})` : '';
  return `${text(`readiness.outcome.${outcome}`)}  ${about}${because(reason, text)}${key}`;
}

/** Levels of a pad's keys have names; what else a step is about is a name already. */
function nameOf(subject: string, text: ReadinessText): string {
  const level = ratingLevels.find((one) => one === subject);
  return level ? text(`readiness.level.${level}`) : subject;
}

type Pressed = NonNullable<SelfTestStepResult['pressed']>;

function keyOf({ key, level }: Pressed, wanted: string | undefined, text: ReadinessText): string {
  if (level === wanted) return text('readiness.pressedRight', { key });
  return level
    ? text('readiness.pressed', { key, level: text(`readiness.level.${level}`) })
    : text('readiness.pressedUnknown', { key });
}

function because(reason: string | undefined, text: ReadinessText): string {
  return reason === undefined ? '' : ` (${text('readiness.reason', { reason })})`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (line: string): string => line.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? '');
