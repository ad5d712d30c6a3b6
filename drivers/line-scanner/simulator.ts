import { z } from 'zod';
import type { Simulator, SimulatorContext } from '../../src/devices/driver.ts';
import { aimSymbology, codeReaderAction, StuckCode } from '../../src/devices/code-reader-tools.ts';
import { paused } from '../../src/devices/driver-tools.ts';
import { MOST_CODE_BYTES } from './limits.ts';
import { encodeLine } from './protocol.ts';
import type { LineFormat } from './protocol.ts';

const fault = z
  .enum([
    'none',
    /** Sends nothing. */
    'silent',
    /** Bytes that belong to nothing, long before each code. */
    'noise',
    /** The end is missing. */
    'wrong-length',
    /** Far too many bytes before each end. */
    'too-long',
    /** Every byte by itself. */
    'split',
    /** Each code twice. */
    'duplicate',
    /** Something holds a code in front of it: the code comes again and again. */
    'stuck',
  ])
  .meta({ default: 'none' });

export const action = codeReaderAction(fault, aimSymbology);

const NOISE = Uint8Array.of(0x00, 0xff, 0x41);
const NOISE_BEFORE_MS = 2_000;

/** A scanner that sends whatever it sees. */
export class SimulatedLineScanner implements Simulator {
  readonly #format: LineFormat;
  readonly #context: SimulatorContext;
  readonly #over = new AbortController();
  readonly #stuck: StuckCode;
  #fault: z.infer<typeof fault> = 'none';

  constructor(format: LineFormat, context: SimulatorContext) {
    this.#format = format;
    this.#context = context;
    this.#stuck = new StuckCode(context.clock);
  }

  /** It takes no commands. */
  receive(): void {
    this.#context.onEvent({ event: 'ignored' });
  }

  act(raw: Readonly<Record<string, unknown>>): void {
    const wanted = action.parse(raw);
    if ('fault' in wanted) {
      this.#stuck.takeAway();
      this.#fault = wanted.fault;
    } else void this.#show(new TextEncoder().encode(wanted.show), wanted.symbology ?? 'Q1');
  }

  stop(): void {
    this.#over.abort();
    this.#stuck.takeAway();
  }

  async #show(bytes: Uint8Array, symbology: string): Promise<void> {
    const line = encodeLine(this.#format, { bytes, symbology });
    switch (this.#fault) {
      case 'silent':
        break;
      case 'noise':
        this.#context.send(NOISE);
        if (await paused(this.#context.clock, NOISE_BEFORE_MS, this.#over.signal)) this.#context.send(line);
        break;
      case 'wrong-length':
        this.#context.send(line.slice(0, -this.#format.end.length));
        break;
      case 'too-long':
        this.#context.send(new Uint8Array(2 * MOST_CODE_BYTES).fill(0x41));
        this.#context.send(line);
        break;
      case 'split':
        for (const byte of line) this.#context.send(Uint8Array.of(byte));
        break;
      case 'duplicate':
        this.#context.send(line);
        this.#context.send(line);
        break;
      case 'stuck':
        this.#context.send(line);
        this.#stuck.showAgain(() => void this.#show(bytes, symbology));
        break;
      default:
        this.#context.send(line);
    }
    this.#context.onEvent({ event: 'shown' });
  }
}
