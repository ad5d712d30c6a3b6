import { z } from 'zod';
import type { Simulator, SimulatorContext } from '../../src/devices/driver.ts';
import type { SamId } from './card-data.ts';
import { encodeCardParts, encodeColumn, encodeSamId } from './card-data.ts';
import type { Command } from './commands.ts';
import { ADDRESS_BYTES, readCommand, status } from './commands.ts';
import { encodeReply, FrameDecoder, MAX_COMMAND_LENGTH } from './protocol.ts';
import type { SimulatedCard } from './simulated-card.ts';
import { findSimulatedCard, partsOfCard, simulatedCardNames } from './simulated-card.ts';

/** One object may hold several; they are taken in this order. */
export const action = z.strictObject({
  /** Lays a card of people.json on the reader, or takes it away. With `presentAfterPolls`: the card that will come. */
  card: z.enum(simulatedCardNames).nullable().meta({ default: null }).optional(),
  /** From now on, until another fault is set. */
  fault: z
    .enum([
      'none',
      /** Answers nothing. */
      'silent',
      /** Noise and false preambles before each answer. */
      'noise',
      /** One AA too many before each answer. */
      'false-preamble',
      /** Noise in place of each answer. */
      'garbage',
      /** Wrong check byte in the card's text. */
      'wrong-checksum',
      /** Check byte right, lengths of text and photo not. */
      'wrong-length',
      /** LEN of the card's text says more than ever comes. */
      'length-too-large',
      /** The card is gone when its text is read. */
      'removed-while-reading',
      'read-failed',
      /** The SAM reads no card. */
      'not-authorised',
      /** Answers come in small pieces, also cut within the preamble. */
      'split',
      'self-test-failed',
      /** As before, and well again after a reset of the SAM. */
      'self-test-fails-once',
      /** A card that was read is not selected again either, as with some readers. */
      'read-card-hidden',
      /** The card does not answer when it is asked for its newest address. */
      'address-failed',
    ])
    .meta({ default: 'none' })
    .optional(),
  /** Demo: a card comes so many finds after the first one of each visit and is taken away once read. Null ends it. */
  presentAfterPolls: z.int().nonnegative().nullable().optional(),
});
type Fault = NonNullable<z.infer<typeof action>['fault']>;

const SUCCESS_FILL = new Uint8Array(8);
const FOUND_FILL = new Uint8Array(4);
const PIECE_BYTES = 3;
/** Missing at the end of an answer whose LEN is too large. */
const CUT_BYTES = 100;
/** False preambles: cut short, with an impossible length, and one byte too many in front of the true one. */
const NOISE = Uint8Array.from([
  0x00, 0x55, 0xaa, 0xaa, 0x96, 0x69, 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0xff, 0xff, 0x13, 0xaa, 0xaa, 0xaa, 0x96, 0x69,
  0x00, 0x00, 0x7f, 0xaa,
]);
const SAM_ID: SamId = [5, 1, 20_160_102, 12_345, 67_890];
/** What a management number looks like is not public: any bytes. */
const MANAGEMENT_NUMBER = new Uint8Array(28).fill(0x4d);
/** Card APDU status word of a card that no longer answers. */
const APDU_GONE = [0x69, 0x85] as const;

export function createSamSimulator(context: SimulatorContext): Simulator {
  return new SamSimulator(context);
}

class SamSimulator implements Simulator {
  readonly #context: SimulatorContext;
  readonly #decoder = new FrameDecoder(MAX_COMMAND_LENGTH);
  #card: SimulatedCard | undefined;
  /** After one complete read a card is not found again until it is lifted. */
  #alreadyRead = false;
  #fault: Fault = 'none';
  #autopilot: { readonly polls: number; readonly card: string } | undefined;
  #polls = 0;

  constructor(context: SimulatorContext) {
    this.#context = context;
  }

  receive(bytes: Uint8Array): void {
    for (const found of this.#decoder.push(bytes)) {
      if (found.kind === 'damaged') this.#send(encodeReply(status.badChecksum));
      else this.#answer(readCommand(found.body));
    }
  }

  /** Throws when the action is not one of those above. */
  act(input: Readonly<Record<string, unknown>>): void {
    const wanted = action.parse(input);
    if (wanted.fault) this.#fault = wanted.fault;
    if (wanted.presentAfterPolls === null) this.#autopilot = undefined;
    if (typeof wanted.presentAfterPolls === 'number') {
      this.#autopilot = { polls: wanted.presentAfterPolls, card: wanted.card ?? 'zhang' };
      this.#polls = 0;
    } else if (wanted.card !== undefined) {
      this.#lay(wanted.card);
    }
  }

  stop(): void {
    this.#decoder.clear();
    this.#card = undefined;
  }

  /** Null takes the card away. */
  #lay(card: string | null): void {
    this.#card = card === null ? undefined : findSimulatedCard(card);
    this.#alreadyRead = false;
    this.#context.onEvent({ event: card === null ? 'card-taken' : 'card-laid', card });
  }

  #answer(command: Command | undefined): void {
    if (typeof command === 'object') {
      this.#context.onEvent({ event: 'set', ...command });
      this.#send(encodeReply(status.success));
      return;
    }
    switch (command) {
      case 'reset':
        if (this.#fault === 'self-test-fails-once') this.#fault = 'none';
        this.#send(encodeReply(status.success));
        break;
      case 'status': {
        const isUnwell = this.#fault === 'self-test-failed' || this.#fault === 'self-test-fails-once';
        this.#send(encodeReply(isUnwell ? status.selfTestFailed : status.success));
        break;
      }
      case 'samId':
        this.#send(encodeReply(status.success, encodeSamId(SAM_ID)));
        break;
      case 'find':
        this.#autopilotPoll();
        this.#find();
        break;
      case 'select':
        this.#select();
        break;
      case 'readText':
        this.#read((card) => encodeCardParts(partsOfCard(card)));
        break;
      case 'readFingerprints':
        this.#read((card) => encodeCardParts(partsOfCard(card, card.fingers)));
        break;
      case 'readNewestAddress':
        this.#readItem(this.#card?.newestAddress ? encodeColumn(this.#card.newestAddress, ADDRESS_BYTES) : undefined);
        break;
      case 'readManagementNumber':
        this.#readItem(MANAGEMENT_NUMBER);
        break;
      case undefined:
        this.#send(encodeReply(status.unknownCommand));
        break;
    }
  }

  #find(): void {
    if (!this.#card || this.#alreadyRead) {
      this.#send(encodeReply(status.noCard));
      return;
    }
    this.#context.onEvent({ event: 'card-found' });
    this.#send(encodeReply(status.found, FOUND_FILL));
  }

  #select(): void {
    const isHidden = this.#alreadyRead && this.#fault === 'read-card-hidden';
    if (this.#card && !isHidden) this.#send(encodeReply(status.success, SUCCESS_FILL));
    else this.#send(encodeReply(status.selectFailed));
  }

  #read(contentOf: (card: SimulatedCard) => Uint8Array): void {
    const card = this.#card;
    if (this.#fault === 'removed-while-reading' && card) this.#lay(null);
    if (!card || this.#fault === 'read-failed' || this.#fault === 'removed-while-reading') {
      this.#send(encodeReply(status.readFailed, undefined, ...APDU_GONE));
      return;
    }
    if (this.#fault === 'not-authorised') {
      this.#send(encodeReply(status.notAuthorised));
      return;
    }
    const content = contentOf(card);
    if (this.#fault === 'wrong-length') new DataView(content.buffer).setUint16(2, 1_000);
    const reply = encodeReply(status.success, content);
    const last = reply.length - 1;
    if (this.#fault === 'wrong-checksum') reply[last] = (reply[last] ?? 0) ^ 0x5a;
    this.#alreadyRead = true;
    this.#send(this.#fault === 'length-too-large' ? reply.subarray(0, last - CUT_BYTES) : reply);
    this.#context.onEvent({ event: 'card-read' });
    if (this.#autopilot) {
      this.#polls = 0;
      this.#lay(null);
    }
  }

  /** Something that a card may have besides its text. */
  #readItem(item: Uint8Array | undefined): void {
    if (!this.#card || this.#fault === 'address-failed') {
      this.#send(encodeReply(status.readFailed, undefined, ...APDU_GONE));
    } else if (item) this.#send(encodeReply(status.success, item));
    else this.#send(encodeReply(status.notOnCard));
  }

  #autopilotPoll(): void {
    if (!this.#autopilot || this.#card) return;
    this.#polls += 1;
    if (this.#polls > this.#autopilot.polls) this.#lay(this.#autopilot.card);
  }

  #send(reply: Uint8Array): void {
    switch (this.#fault) {
      case 'silent':
        return;
      case 'garbage':
        this.#context.send(NOISE);
        return;
      case 'noise':
        this.#context.send(NOISE);
        this.#context.send(reply);
        return;
      case 'false-preamble':
        this.#context.send(Uint8Array.of(0xaa));
        this.#context.send(reply);
        return;
      case 'split':
        for (let at = 0; at < reply.length; at += PIECE_BYTES) this.#context.send(reply.slice(at, at + PIECE_BYTES));
        return;
      default:
        this.#context.send(reply);
    }
  }
}
