import { EventEmitter } from 'node:events';
import { Printer } from '@node-escpos/core';
import { transform } from 'receiptline';
import { encodeDocument, join, warmUp } from '../../../drivers/escpos-printer/encode.ts';
import { profileNamed } from '../../../drivers/escpos-printer/profile.ts';
import type { BenchContext, Measure, Measured } from '../measure.ts';
import { median } from '../measure.ts';
import { ticket, ticketDocument } from './ticket.ts';

const ROUNDS = 15;
/** So many that all three are optimised code for most of the rounds: what is compared is their work, not their compilation. */
const TICKETS_A_ROUND = 100;
const TARGET = 1;
/** Enough for the address at error level M. */
const QR_VERSION = 5;
const paper = profileNamed('80mm-gs-h');

type Encode = () => Uint8Array | Promise<Uint8Array>;

const ours: Encode = () => join(encodeDocument(ticketDocument, paper).pieces);

/** Its own language; columns with `|`, `^` doubles, `-` is a rule, `=` cuts. */
const receipt = [
  `^^^"${ticket.title}`,
  '{width:*}',
  '-',
  ...ticket.pairs.map(([label, value]) => `${label} | ${value}`),
  '-',
  ...ticket.notes.map((note) => `${note} |`),
  `{code:${ticket.address};option:qrcode,${ticket.module},M}`,
  '=',
].join('\n');

const receiptline: Encode = () =>
  Buffer.from(transform(receipt, { command: 'escpos', cpl: ticket.columns, encoding: 'gb18030' }), 'latin1');

/** In place of a printer: keeps what is sent. */
class Keeper extends EventEmitter {
  readonly parts: Buffer[] = [];

  open(callback?: (error: Error | null) => void): this {
    callback?.(null);
    return this;
  }

  write(data: Buffer | string, callback?: (error: Error | null) => void): this {
    this.parts.push(Buffer.from(data));
    callback?.(null);
    return this;
  }

  close(callback?: (error: Error | null) => void): this {
    callback?.(null);
    return this;
  }

  read(): void {
    throw new Error('nothing is to be read');
  }
}

const nodeEscpos: Encode = async () => {
  const keeper = new Keeper();
  // Its types ask for the emitter of another package; Node's does the same.
  const printer: Printer<[]> = Reflect.construct(Printer, [keeper, { encoding: 'GB18030', width: ticket.columns }]);
  printer.align('CT').style('B').size(2, 2).text(ticket.title);
  printer.size(1, 1).style('NORMAL').align('LT').drawLine();
  for (const [label, value] of ticket.pairs)
    printer.tableCustom([
      { text: label, align: 'LEFT', cols: ticket.columns / 2 },
      { text: value, align: 'RIGHT', cols: ticket.columns / 2 },
    ]);
  printer.drawLine();
  for (const note of ticket.notes) printer.text(note);
  printer.align('CT').qrcode(ticket.address, QR_VERSION, 'M', ticket.module).cut();
  await printer.flush();
  return Buffer.concat(keeper.parts);
};

async function timeOf(encode: Encode): Promise<number> {
  const start = performance.now();
  for (let count = 0; count < TICKETS_A_ROUND; count += 1) await encode();
  return (performance.now() - start) / TICKETS_A_ROUND;
}

interface Round {
  readonly ours: number;
  readonly receiptline: number;
  readonly nodeEscpos: number;
}

async function run({ say }: BenchContext): Promise<Measured> {
  warmUp(paper);
  const bytes = {
    ours: (await ours()).length,
    receiptline: (await receiptline()).length,
    nodeEscpos: (await nodeEscpos()).length,
  };
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({
      ours: await timeOf(ours),
      receiptline: await timeOf(receiptline),
      nodeEscpos: await timeOf(nodeEscpos),
    });
  const part = (pick: (round: Round) => number) => median(rounds.map(pick));
  for (const name of ['ours', 'receiptline', 'nodeEscpos'] as const)
    say(`${name}: ${part((round) => round[name]).toFixed(3)} ms, ${bytes[name]} bytes`);
  return {
    rows: [
      { name: 'encode-receiptline', value: part((round) => round.ours / round.receiptline), target: TARGET },
      { name: 'encode-node-escpos', value: part((round) => round.ours / round.nodeEscpos), target: TARGET },
    ],
    raw: { unit: 'ms a ticket', bytes, rounds },
  };
}

export const encoders: Measure = {
  name: 'encoders',
  explanation:
    'Time for a ticket (title, pairs, rules, notes, QR code, cut) over that of receiptline and of @node-escpos/core for the same ' +
    'one, by turns. receiptline draws rules by graphic characters and the QR code as a picture; @node-escpos/core and ours leave ' +
    'the QR code to the printer. Ours also looks for characters without a glyph.',
  run,
};
