import type { CodeReader, DriverContext, ProbeFailure, ReadCode } from '../../src/devices/driver.ts';
import { sessionEnded, watchCodes } from '../../src/devices/code-reader-tools.ts';
import type { Arrivals } from '../../src/devices/driver-tools.ts';
import { ask, paused, Silence, Turns, Underway } from '../../src/devices/driver-tools.ts';
import { done, refused } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { ANSWER_MS, CODE_IDLE_MS, COMMAND_TRIES, REPEAT_MS, RETRY_MS, TRIGGER_AGAIN_MS } from './limits.ts';
import { encodeFrameCommand, encodeTextCommand, frameType, replyType, ScannerDecoder } from './protocol.ts';
import type { Message, Reply, ScannerFormat } from './protocol.ts';

interface Commands {
  /** A question that changes nothing. */
  readonly ask: Uint8Array;
  /** Read only when triggered. */
  readonly wait: Uint8Array;
  readonly trigger: Uint8Array;
  readonly release: Uint8Array;
}

const commands: Readonly<Record<ScannerFormat['framing'], Commands>> = {
  frames: {
    ask: encodeFrameCommand(frameType.read, 0x00_00, 1),
    wait: encodeFrameCommand(frameType.write, 0x00_00, 0xd5),
    trigger: encodeFrameCommand(frameType.write, 0x00_02, 1),
    release: encodeFrameCommand(frameType.write, 0x00_02, 2),
  },
  text: {
    ask: encodeTextCommand('SCNMOD*'),
    wait: encodeTextCommand('SCNMOD0'),
    trigger: encodeTextCommand('SCNTRG1'),
    release: encodeTextCommand('SCNTRG0'),
  },
};

/** Talks to one scan engine. It reads only while somebody watches. */
export class NewlandScanner implements CodeReader {
  readonly #context: DriverContext;
  readonly #commands: Commands;
  readonly #underway: Underway;
  readonly #decoder: ScannerDecoder;
  readonly #listeners = new Set<(message: Message) => void>();
  readonly #turns = new Turns();
  readonly #silence: Silence;
  #heard = false;
  #condition: string | undefined;

  constructor(format: ScannerFormat, context: DriverContext) {
    this.#context = context;
    this.#commands = commands[format.framing];
    this.#underway = new Underway(context.link);
    this.#decoder = new ScannerDecoder(format);
    this.#silence = new Silence(context.clock, CODE_IDLE_MS, () => this.#decoder.clear());
    context.link.onBytes((bytes) => this.#hear(bytes));
  }

  /** Any answer in its framing will do, also a refusal. */
  async probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>> {
    this.#heard = false;
    if (await this.#exchange(this.#commands.ask, signal)) return done();
    return refused(this.#heard ? 'wrong-device' : 'no-answer');
  }

  async *watch(signal: AbortSignal): AsyncGenerator<ReadCode, void, undefined> {
    if (this.#underway.isClosed) return;
    try {
      yield* watchCodes(this.#context, this.#underway, signal, {
        listen: (onSessionEnd) =>
          this.#listen((message) => {
            if (message.kind === 'code') onSessionEnd(message.code);
          }),
        keepLooking: (sessionEnds, until) => this.#keepScanning(sessionEnds, until),
        repeatMs: REPEAT_MS,
      });
    } finally {
      this.#decoder.clear();
      void this.#command(this.#commands.release, this.#underway.signal);
    }
  }

  async reset(): Promise<void> {
    this.#underway.end();
    this.#decoder.clear();
  }

  /** The scanner stops after each code, and after some seconds without one, which it does not tell. */
  async #keepScanning(sessionEnds: Arrivals<true>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (await this.#command(this.#commands.wait, signal)) await this.#repeatTrigger(sessionEnds, signal);
      if (signal.aborted) return;
      this.#tell('no-answer');
      await paused(this.#context.clock, RETRY_MS, signal);
    }
  }

  /** Ends when the scanner does not answer. */
  async #repeatTrigger(sessionEnds: Arrivals<true>, signal: AbortSignal): Promise<void> {
    while (await this.#command(this.#commands.trigger, signal)) {
      this.#tell(undefined);
      await sessionEnded(sessionEnds, this.#context.clock, TRIGGER_AGAIN_MS, signal);
    }
  }

  /** Whether the scanner answered. A refusal is an answer: not every scanner knows every command. */
  async #command(bytes: Uint8Array, signal: AbortSignal): Promise<boolean> {
    for (let attempt = 1; attempt <= COMMAND_TRIES; attempt += 1) {
      const reply = await this.#exchange(bytes, signal);
      if (reply && !isDamaged(reply)) return true;
    }
    return false;
  }

  async #exchange(bytes: Uint8Array, signal: AbortSignal): Promise<Reply | undefined> {
    const listen = (take: (reply: Reply) => void): (() => void) =>
      this.#listen((message) => {
        if (message.kind === 'reply') take(message.reply);
      });
    return this.#turns.take(() => ask(this.#context, { bytes, listen, milliseconds: ANSWER_MS }, signal));
  }

  #hear(bytes: Uint8Array): void {
    this.#silence.heard();
    this.#heard = true;
    for (const message of this.#decoder.push(bytes)) for (const listener of this.#listeners) listener(message);
  }

  #listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(condition: string | undefined): void {
    if (condition === this.#condition) return;
    this.#condition = condition;
    this.#context.onCondition(condition);
  }
}

/** The scanner says that the command arrived damaged. */
const isDamaged = (reply: Reply): boolean => reply.framing === 'frames' && reply.type === replyType.badCrc;
