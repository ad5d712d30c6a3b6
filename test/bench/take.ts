import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Measure, Measured, Row } from './measure.ts';

/** All measures, or those named; ends the program when there is none of a name. */
export function chooseMeasures(measures: readonly Measure[], wanted: readonly string[]): readonly Measure[] {
  const unknown = wanted.filter((name) => !measures.some((measure) => measure.name === name));
  if (unknown.length > 0) {
    const known = measures.map(({ name }) => name).join(', ');
    console.error(`There is no measure ${unknown.join(', ')}. There are: ${known}`);
    process.exit(2);
  }
  return wanted.length === 0 ? measures : measures.filter(({ name }) => wanted.includes(name));
}

/** Takes one measure after the other, prints their rows, and writes what they were made from to `file`. */
export async function takeMeasures(
  measures: readonly Measure[],
  file: string,
  runtime: Readonly<Record<string, unknown>>,
): Promise<void> {
  const taken: Record<string, Measured & { readonly load: { readonly before: number; readonly after: number } }> = {};
  for (const { name, explanation, run } of measures) {
    console.log(`\n${name}: ${explanation}`);
    const folder = await mkdtemp(join(tmpdir(), 'kiosk-bench-'));
    const before = loadavg()[0] ?? 0;
    try {
      const measured = await run({ folder, say: (line) => console.log(`  ${line}`) });
      taken[name] = { ...measured, load: { before, after: loadavg()[0] ?? 0 } };
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  console.log('');
  for (const { rows } of Object.values(taken)) for (const row of rows) console.log(textOf(row));

  await mkdir(dirname(file), { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, ...runtime };
  await writeFile(file, `${JSON.stringify({ machine, measures: taken }, undefined, 2)}\n`);
  console.log(`\nRaw numbers: ${file}`);
}

function textOf({ name, value, target, atLeast, unit }: Row): string {
  const shown = unit === undefined ? value.toFixed(2) : `${value.toFixed(2)} ${unit}`;
  return `bench ${name} ${shown} (target ${atLeast ? '>=' : '<='} ${target.toFixed(2)})`;
}
