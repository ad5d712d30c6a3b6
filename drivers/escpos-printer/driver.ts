import type { DriverContext, ProbeFailure, TicketPrinter } from '../../src/devices/driver.ts';
import type { PrintDocument } from '../../src/domain/print-document.ts';
import { done, refused } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { chunksOf, encodeBeginning, encodeDocument, join, needsRare, warmUp, without } from './encode.ts';
import type { EncodedDocument } from './encode.ts';
import {
  CHUNK_BYTES,
  COMPLETION_MS,
  RELEASE_BYTES,
  STALL_MS,
  START_MS,
  STATUS_ANSWER_MS,
  STRAY_ANSWER_MS,
  WARM_UP_AFTER_MS,
} from './limits.ts';
import { PrinterLine } from './line.ts';
import type { LineEvent } from './line.ts';
import type { PrinterProfile } from './profile.ts';
import * as command from './protocol.ts';
import type { Problem, StatusTopic } from './protocol.ts';
import { loadRare } from './rare/draw-rare.ts';
import { ANSWER_BLOCK, CLEAR_MARK, PROCESS_ID_MARK } from './replies.ts';
import type { Paper } from './wrap.ts';

type PrintOutcome = Awaited<ReturnType<TicketPrinter['print']>>;

/** `unknown`: a printer that need not answer did not. */
type Health = Problem | 'well' | 'silent' | 'unknown';

/** Talks to one printer. Says `printed` only after the printer's own reply, and never sends a document twice. */
export class EscposPrinter implements TicketPrinter {
  readonly #profile: PrinterProfile;
  readonly #context: DriverContext;
  readonly #line: PrinterLine;
  #running: AbortController | undefined;
  /** From automatic status: what the printer last said of itself. */
  #reported: Problem | undefined;
  /** Has ever answered `DLE EOT` on this line. */
  #answered = false;
  /** Status queries given up on; their answers may still come and carry no sign of which query they belong to. */
  #unanswered = 0;
  /** A job was begun and its end is unknown: what is left of it on paper must not be joined to the next person's. */
  #leftover = false;
  #jobs: number;

  constructor(profile: PrinterProfile, context: DriverContext) {
    this.#profile = profile;
    this.#context = context;
    this.#line = new PrinterLine(context);
    this.#line.listen((event) => this.#notice(event));
    // A process id is not used again soon, also not after a restart: a late reply belongs to its own job only.
    this.#jobs = context.clock.now().getTime();
    // Once the kiosk stands: making the tables takes a while, in which no other device would be heard.
    void context.clock.delay(WARM_UP_AFTER_MS).then(() => warmUp(profile));
  }

  async probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>> {
    if (this.#running) return refused('busy');
    return this.#alone(signal, async (stop) => {
      let noise = false;
      const unlisten = this.#line.listen((event) => {
        noise ||= event.kind === 'noise';
      });
      try {
        const health = await this.#examine(stop);
        if (health === 'silent') return refused(noise ? 'wrong-device' : 'no-answer');
        if (health !== 'well' && health !== 'unknown') return refused(health);
        if (this.#profile.completion !== 'none') await this.#sendWithin(command.automaticStatus, stop);
        return done();
      } finally {
        unlisten();
      }
    });
  }

  async print(document: PrintDocument, signal: AbortSignal, mayMove: Promise<boolean>): Promise<PrintOutcome> {
    if (this.#running) return refused('busy');
    return this.#alone(signal, async (stop) => {
      // Only then is there anything to wait for before the first byte.
      const rare = needsRare(document, this.#profile) ? await loadRare() : undefined;
      const paper = { ...this.#profile, rare };
      const job = this.#watchJob();
      try {
        const beginning = this.#mayBegin ? this.#begin(job, document, paper) : NOTHING;
        const health = this.#readiness(beginning, stop);
        // Encoding goes on while the query is on the line: the person waits for the slower of the two, not for both.
        const encoded = encodeDocument(document, paper);
        const chunks = this.#chunks(job, encoded, beginning.length);
        const refusal = await this.#refusal(health, mayMove, stop);
        if (refusal) {
          if (beginning.length > 0) void this.#line.send(command.initialise);
          return refusal;
        }
        const outcome = await this.#transmit(job, encoded, chunks, stop);
        if (!outcome.ok && this.#profile.clears && !this.#line.closed) await this.#clear(stop);
        return outcome;
      } finally {
        job.forget();
      }
    });
  }

  async reset(): Promise<void> {
    this.#running?.abort();
    this.#line.reset();
  }

  async #alone<T>(signal: AbortSignal, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
    const running = new AbortController();
    this.#running = running;
    try {
      return await work(AbortSignal.any([signal, running.signal]));
    } finally {
      this.#running = undefined;
    }
  }

  #notice(event: LineEvent): void {
    if (event.kind !== 'automatic') return;
    this.#context.onSupplies({ paper: command.paperOfAutomaticStatus(event.status) });
    const problem = command.problemOfAutomaticStatus(event.status);
    if (problem === this.#reported) return;
    this.#reported = problem;
    this.#context.onCondition(problem);
  }

  /** All was well so far: what a job begins with may follow the query at once, so that the line does not rest until the answer. */
  get #mayBegin(): boolean {
    return this.#expectsWell && !this.#leftover && !this.#line.held;
  }

  get #expectsWell(): boolean {
    const answers = this.#profile.answersStatus === 'always' || this.#answered;
    return answers && !this.#reported && this.#unanswered === 0;
  }

  /** Moves no paper, and is forgotten by a printer that is initialised after it. */
  #begin(job: Job, document: PrintDocument, paper: Paper): Uint8Array {
    job.begin();
    return join([...this.#opening(), encodeBeginning(document, paper)]);
  }

  /** Nothing when the printer is well and the job may move paper. */
  async #refusal(
    health: Promise<Health>,
    mayMove: Promise<boolean>,
    signal: AbortSignal,
  ): Promise<PrintOutcome | undefined> {
    const found = await health;
    if (found === 'silent') return refused('offline', 'no status answer');
    if (found !== 'well' && found !== 'unknown') return refused(found);
    return (await this.#line.within(mayMove, START_MS, signal)) ? undefined : refused('busy', 'not started');
  }

  /** Before a job: one query, so that the paper moves at once; all of them when something seems wrong. */
  async #readiness(beginning: Uint8Array, signal: AbortSignal): Promise<Health> {
    if (this.#profile.answersStatus === 'maybe' && !this.#answered) return 'unknown';
    if (!this.#expectsWell) return this.#examine(signal);
    const status = await this.#ask('offline-cause', signal, beginning);
    if (status === undefined) return this.#silence();
    return command.problemOfStatus('offline-cause', status) ? this.#examine(signal) : 'well';
  }

  /** All four queries, one after the other. */
  async #examine(signal: AbortSignal): Promise<Health> {
    let cause = await this.#ask('offline-cause', signal);
    if (cause === undefined && !this.#line.closed) {
      // A printer cut off in the middle of a command takes the query for its missing bytes.
      await this.#sendWithin(new Uint8Array(RELEASE_BYTES), signal);
      cause = await this.#ask('offline-cause', signal);
    }
    if (cause === undefined) return this.#silence();
    const found = command.problemOfStatus('offline-cause', cause);
    if (found && found !== 'printer-fault') return found;
    for (const topic of ['error', 'paper', 'printer'] as const) {
      const status = await this.#ask(topic, signal);
      if (status === undefined) return this.#silence();
      const problem = command.problemOfStatus(topic, status);
      if (problem) return problem;
    }
    return found ?? 'well';
  }

  /** Else the printer would go on by itself when its trouble is over, beside the receipt that is asked for anew. */
  async #clear(signal: AbortSignal): Promise<void> {
    const answer = this.#line.expect(clearResponseOf, STATUS_ANSWER_MS, signal);
    void this.#line.send(command.clearBuffers);
    await answer;
  }

  #silence(): Health {
    return this.#profile.answersStatus === 'maybe' && !this.#line.closed ? 'unknown' : 'silent';
  }

  /** @param following goes out in one write with the query */
  async #ask(topic: StatusTopic, signal: AbortSignal, following: Uint8Array = NOTHING): Promise<number | undefined> {
    while (this.#unanswered > 0) {
      const stray = await this.#line.expect(statusOf, STRAY_ANSWER_MS, signal);
      this.#unanswered = stray === undefined ? 0 : this.#unanswered - 1;
    }
    const answer = this.#line.expect(statusOf, STATUS_ANSWER_MS, signal);
    // Not waited for: the answer is the sign that the query has left, and a closed line ends the wait.
    void this.#line.send(join([command.requestStatus(topic), following]));
    // Also when the caller leaves: the answer still comes, and is not the next query's.
    this.#unanswered += 1;
    const status = await answer;
    if (status === undefined) return undefined;
    this.#unanswered -= 1;
    this.#answered = true;
    return status;
  }

  async #sendWithin(bytes: Uint8Array, signal: AbortSignal): Promise<boolean> {
    return (await this.#line.within(this.#line.send(bytes), STALL_MS, signal)) ?? false;
  }

  /** @param begun so many bytes have left already */
  #chunks(job: Job, { pieces }: EncodedDocument, begun: number): readonly Uint8Array[] {
    return chunksOf(without(begun, [...this.#opening(), ...pieces, ...this.#closing(job.id)]), CHUNK_BYTES);
  }

  async #transmit(
    job: Job,
    encoded: EncodedDocument,
    chunks: readonly Uint8Array[],
    signal: AbortSignal,
  ): Promise<PrintOutcome> {
    job.begin();
    this.#leftover = true;
    const broken = await this.#feed(chunks, job.end, signal);
    if (broken) return broken;
    if (this.#profile.completion === 'none') return this.#printed('unconfirmed', encoded);
    const end = await this.#line.within(job.end, COMPLETION_MS, signal);
    if (end === 'completed') return this.#printed('printed', encoded);
    return end ? refused(end) : await this.#whyNot('no completion reply', signal);
  }

  #opening(): Uint8Array[] {
    const opening: Uint8Array[] = [];
    if (this.#leftover) opening.push(command.lineFeed, command.feedAndCut);
    opening.push(command.initialise);
    if (this.#profile.completion !== 'none') opening.push(command.automaticStatus);
    return opening;
  }

  #closing(id: string): Uint8Array[] {
    if (this.#profile.completion === 'process-id') return [command.requestProcessId(id)];
    return this.#profile.completion === 'status-request' ? [command.requestPaperStatus] : [];
  }

  /** Two chunks are always under way, so that the line never rests between them. Undefined when all have left. */
  async #feed(
    chunks: readonly Uint8Array[],
    end: Promise<JobEnd>,
    signal: AbortSignal,
  ): Promise<PrintOutcome | undefined> {
    let before: Promise<boolean> = Promise.resolve(true);
    for (const [index, chunk] of chunks.entries()) {
      const open = Promise.race([end, this.#line.mayWrite()]);
      // A limit takes a timer, and what is answered at once needs none: paper waits for this line.
      const gate = await (this.#line.held ? this.#line.within(open, STALL_MS, signal) : open);
      if (gate === undefined) return this.#whyNot(STALLED, signal);
      if (gate !== true && gate !== 'completed') return refused(gate);
      const sent = this.#line.send(chunk);
      const last = index === chunks.length - 1;
      const left = last ? Promise.all([before, sent]).then((both) => both.every(Boolean)) : before;
      const step = await this.#line.within(Promise.race([end, left]), STALL_MS, signal);
      if (step === undefined) return this.#whyNot(STALLED, signal);
      if (step === false) return refused('offline', 'line closed');
      if (step !== true && step !== 'completed') return refused(step);
      before = sent;
    }
    return undefined;
  }

  #printed(value: 'printed' | 'unconfirmed', { warning }: EncodedDocument): PrintOutcome {
    this.#leftover = false;
    return warning ? { ok: true, value, warning } : { ok: true, value };
  }

  /** A job did not end in time: real-time status still tells the cause. */
  async #whyNot(detail: string, signal: AbortSignal): Promise<PrintOutcome> {
    const health = await this.#examine(signal);
    if (health === 'silent' || health === 'unknown') return refused('offline', detail);
    return refused(health === 'well' ? 'printer-fault' : health, detail);
  }

  /**
   * Listens for the end of one job, from `begin` on. An answer of `GS r` counts only after the automatic status that this job's own opening asked for:
   * one that comes earlier belongs to a job before it.
   */
  #watchJob(): Job {
    this.#jobs += 1;
    const id = command.processId(this.#jobs);
    const { promise, resolve } = Promise.withResolvers<JobEnd>();
    let begun = false;
    let statusCame = false;
    const begin = (): void => {
      begun = true;
    };
    const forget = this.#line.listen((event) => {
      if (!begun) return;
      if (event.kind === 'closed') resolve('offline');
      if (event.kind === 'automatic') {
        statusCame = true;
        const problem = command.problemOfAutomaticStatus(event.status);
        if (problem) resolve(problem);
      }
      if (event.kind === 'request-answer' && statusCame && this.#profile.completion === 'status-request') {
        resolve(command.paperOutInAnswer(event.status) ? 'paper-out' : 'completed');
      }
      if (event.kind === 'block' && event.header === ANSWER_BLOCK && event.body === PROCESS_ID_MARK + id) {
        resolve('completed');
      }
    });
    return { id, end: promise, begin, forget };
  }
}

type JobEnd = Problem | 'completed';

interface Job {
  readonly id: string;
  readonly end: Promise<JobEnd>;
  /** The opening is about to leave. */
  readonly begin: () => void;
  readonly forget: () => void;
}

const NOTHING = new Uint8Array();

const STALLED = 'the printer takes no more bytes';

const clearResponseOf = (event: LineEvent): true | undefined =>
  event.kind === 'block' && event.header === ANSWER_BLOCK && event.body === CLEAR_MARK ? true : undefined;
const statusOf = (event: LineEvent): number | undefined => (event.kind === 'status' ? event.status : undefined);
