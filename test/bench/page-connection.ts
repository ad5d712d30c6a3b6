/** Electron's answer on stderr to `--remote-debugging-port=0`. */
const LISTENING = /DevTools listening on (ws:\S+)/;

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** Where an application that was started with remote debugging listens, as soon as it says so. */
export async function debuggingAddress(stderr: AsyncIterable<string>): Promise<string> {
  let said = '';
  for await (const text of stderr) {
    said += text;
    const address = LISTENING.exec(said)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`the application ended before it listened: ${said}`);
}

/**
 * A line to the first page of an application over Chromium's own protocol. Used in place of Playwright where a start is
 * timed: it is there before the page loads and holds nothing up.
 */
export class PageConnection {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, PromiseWithResolvers<Readonly<Record<string, unknown>>>>();
  readonly #told = new Map<string, PromiseWithResolvers<number>>();
  readonly #session = Promise.withResolvers<string>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data))));
    socket.addEventListener('close', () => {
      for (const { reject } of this.#answers.values()) reject(new Error('the application is gone'));
    });
  }

  static async open(address: string): Promise<PageConnection> {
    const socket = new WebSocket(address);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error(`nobody answers at ${address}`)));
    });
    const connection = new PageConnection(socket);
    await connection.#send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
    return connection;
  }

  /** Runs `script` in the page, in this document or the next one; what it gives to `tell(name, value)` comes by {@link told}. */
  async run(script: string): Promise<void> {
    const session = await this.#session.promise;
    const tell = 'const tell = (name, value) => benchTell(JSON.stringify({ name, value }));';
    const source = `if (!globalThis.benchStarted) { globalThis.benchStarted = true; ${tell} ${script} }`;
    await Promise.all([
      this.#send('Runtime.enable', {}, session),
      this.#send('Page.enable', {}, session),
      this.#send('Runtime.addBinding', { name: 'benchTell' }, session),
      this.#send('Page.addScriptToEvaluateOnNewDocument', { source }, session),
      // Refused while there is no document yet; the next one begins with the script.
      this.#send('Runtime.evaluate', { expression: source }, session).catch(() => undefined),
    ]);
  }

  /** What the page told under this name, once it has. */
  told(name: string): Promise<number> {
    return this.#waiterFor(name).promise;
  }

  /** A press and a release in the middle of an element, through all of Chromium's own input handling. */
  async press(selector: string): Promise<void> {
    const session = await this.#session.promise;
    const expression = `(() => {
      const { x, y, width, height } = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    })()`;
    const { result } = await this.#send('Runtime.evaluate', { expression, returnByValue: true }, session);
    const place: unknown = typeof result === 'object' && result !== null ? Reflect.get(result, 'value') : undefined;
    if (typeof place !== 'object') throw new Error(`there is no ${selector} to press`);
    const strike = { ...place, button: 'left', clickCount: 1 };
    await this.#send('Input.dispatchMouseEvent', { ...strike, type: 'mousePressed' }, session);
    await this.#send('Input.dispatchMouseEvent', { ...strike, type: 'mouseReleased' }, session);
  }

  close(): void {
    this.#socket.close();
  }

  #send(method: string, params: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>> {
    const answer = Promise.withResolvers<Readonly<Record<string, unknown>>>();
    this.#lastId += 1;
    this.#answers.set(this.#lastId, answer);
    this.#socket.send(JSON.stringify({ id: this.#lastId, method, params, ...(sessionId && { sessionId }) }));
    return answer.promise;
  }

  #hear({ id, method, params, result, error }: Answer): void {
    const waiting = id === undefined ? undefined : this.#answers.get(id);
    if (id !== undefined) this.#answers.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result ?? {});
    if (method === 'Target.attachedToTarget') this.#attached(params ?? {});
    if (method !== 'Runtime.bindingCalled') return;
    const { name, value }: { name: string; value: number } = JSON.parse(String(params?.['payload']));
    this.#waiterFor(name).resolve(value);
  }

  #waiterFor(name: string): PromiseWithResolvers<number> {
    const waiter = this.#told.get(name) ?? Promise.withResolvers<number>();
    this.#told.set(name, waiter);
    return waiter;
  }

  #attached({ sessionId, targetInfo }: Readonly<Record<string, unknown>>): void {
    const isPage = typeof targetInfo === 'object' && targetInfo !== null && Reflect.get(targetInfo, 'type') === 'page';
    if (isPage) this.#session.resolve(String(sessionId));
  }
}
