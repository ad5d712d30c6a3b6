// `npm run fuzz:devices`: random and damaged streams into every parser of every driver; plain Node, one processor.

import { parseArgs } from 'node:util';
import { tryStream } from '../test/fuzz/run.ts';
import type { Tally } from '../test/fuzz/run.ts';
import { fuzz } from '../test/fuzz/run.ts';
import { fuzzTargets } from '../test/fuzz/targets.ts';

const usage = `npm run fuzz:devices -- [--streams N] [--seed S] [--parser NAME]
npm run fuzz:devices -- --parser NAME --replay SEED
  --streams   how many, of all parsers together; 1000000 without it
  --seed      the same one gives the same streams; chance without it
  --parser    only the parsers whose name begins so
  --replay    one stream again, by the seed that its failure was told with
Exits with 1 when a parser threw, found what is not there, missed what was, kept too much or depended on the pieces.`;

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
    parser: { type: 'string', default: '' },
    replay: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const targets = fuzzTargets.filter(({ name }) => name.startsWith(values.parser));
const [streams, seed, replay] = [values.streams, values.seed, values.replay ?? '0'].map(Number);
const isWhole = (number: number | undefined): number is number =>
  number !== undefined && Number.isSafeInteger(number) && number >= 0;
if (values.help || !isWhole(streams) || !isWhole(seed) || !isWhole(replay) || targets.length === 0) {
  console.log(`${usage}\nParsers: ${fuzzTargets.map(({ name }) => name).join('; ')}`);
  process.exit(values.help ? 0 : 2);
}

process.exitCode = values.replay === undefined ? fuzzAll(streams, seed) : replayed(replay);

function fuzzAll(count: number, start: number): number {
  console.log(`seed ${start}, ${count} streams`);
  console.log(`${'parser'.padEnd(38)}   streams  messages        bytes  kept most   limit   seconds`);
  const tallies: Tally[] = [];
  for (const tally of fuzz(targets, count, start)) {
    console.log(
      lineOf(tally.target, tally) +
        `${tally.pendingBytes}`.padStart(11) +
        `${tally.mostPendingBytes}`.padStart(8) +
        tally.seconds.toFixed(1).padStart(10),
    );
    tallies.push(tally);
  }
  const sum = (pick: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + pick(tally), 0);
  const all = {
    streams: sum((tally) => tally.streams),
    messages: sum((tally) => tally.messages),
    bytes: sum((tally) => tally.bytes),
  };
  console.log(
    lineOf('all', all) +
      sum((tally) => tally.seconds)
        .toFixed(1)
        .padStart(29),
  );
  const failures = tallies.flatMap((tally) => tally.failures);
  for (const { target, seed: at, complaint } of failures)
    console.error(`failed: --parser '${target}' --replay ${at}: ${complaint}`);
  console.log(failures.length === 0 ? 'no failure' : `${failures.length} failures`);
  return failures.length === 0 ? 0 : 1;
}

function lineOf(
  name: string,
  { streams: count, messages, bytes }: Pick<Tally, 'streams' | 'messages' | 'bytes'>,
): string {
  return name.padEnd(38) + `${count}`.padStart(10) + `${messages}`.padStart(10) + `${bytes}`.padStart(13);
}

function replayed(at: number): number {
  const trials = targets.map((target) => ({ target, trial: tryStream(target, at) }));
  for (const { target, trial } of trials) {
    console.log(`${target.name}: ${trial.complaint ?? 'no failure'}`);
    console.log(`${trial.stream.length} bytes, ${trial.messages} messages\n${trial.stream.toString('hex')}`);
  }
  return trials.every(({ trial }) => trial.complaint === undefined) ? 0 : 1;
}
