import type { Result } from '../domain/result.ts';
import { done } from '../domain/result.ts';
import type { ByteLink, OpenFailure } from './driver.ts';
import { LinkState } from './transports/link-state.ts';

type OpenLine = () => Promise<Result<ByteLink, OpenFailure>>;

/**
 * Lines with several devices on them, as on RS-485: each is opened once, by whoever comes first, and closed when the last one has
 * left. Every device has a link of its own over it, gets all bytes that come, and knows its own by the address in them.
 */
export class SharedLines {
  readonly #lines = new Map<string, Promise<Result<SharedLine, OpenFailure>>>();
  readonly #closing = new Map<string, Promise<void>>();

  /** A link over the line of that name; `openLine` is called where nobody has it open. Fails for all that wait for it as it does for one. */
  async open(name: string, openLine: OpenLine): Promise<Result<ByteLink, OpenFailure>> {
    const opening = this.#lines.get(name) ?? this.#begin(name, openLine);
    this.#lines.set(name, opening);
    const opened = await opening;
    return opened.ok ? done(opened.value.join()) : opened;
  }

  async #begin(name: string, openLine: OpenLine): Promise<Result<SharedLine, OpenFailure>> {
    let line: SharedLine | undefined;
    try {
      // A port that is still being closed would be found busy.
      await this.#closing.get(name);
      const opened = await openLine();
      if (!opened.ok) return opened;
      line = new SharedLine(opened.value, (closed) => {
        this.#lines.delete(name);
        this.#closing.set(name, closed);
      });
      return done(line);
    } finally {
      if (!line) this.#lines.delete(name);
    }
  }
}

class SharedLine {
  readonly #link: ByteLink;
  readonly #onOver: (closed: Promise<void>) => void;
  readonly #members = new Set<LinkState>();
  #isOver = false;

  /** `onOver`: once, when nobody can join any more; `closed` is when the line can be opened again. */
  constructor(link: ByteLink, onOver: (closed: Promise<void>) => void) {
    this.#link = link;
    this.#onOver = onOver;
    link.onBytes((bytes) => {
      // A copy each: drivers overwrite what they have read.
      for (const member of this.#members) member.deliver(Uint8Array.from(bytes));
    });
    link.onClose(() => {
      this.#end(Promise.resolve());
      for (const member of this.#members) member.end();
    });
  }

  /** A link that is closed already when the line is. */
  join(): ByteLink {
    const member = new LinkState();
    if (this.#isOver) member.end();
    else this.#members.add(member);
    return {
      write: (bytes) => member.write((end) => void this.#link.write(bytes).then(() => end(), end)),
      onBytes: (listener) => member.onBytes(listener),
      onClose: (listener) => member.onClose(listener),
      // The others on the line would no longer be understood.
      setBaudRate: () => Promise.resolve(),
      close: () => this.#leave(member),
    };
  }

  async #leave(member: LinkState): Promise<void> {
    member.end();
    this.#members.delete(member);
    if (this.#members.size > 0 || this.#isOver) return;
    const closed = this.#link.close();
    this.#end(closed);
    await closed;
  }

  #end(closed: Promise<void>): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onOver(closed);
  }
}
