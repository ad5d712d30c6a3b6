import type { FromProcess, PingMessage, PortMessage, StartMessage } from './process-messages.ts';

/**
 * How a supervised process (core, devices) talks with the process that started it, in Electron and in plain Node alike.
 *
 * Electron: messages over `process.parentPort`, and each API port is a real MessagePortMain in `event.ports`.
 * Plain Node: messages over the IPC channel of `child_process.fork`; API ports are multiplexed over the same channel as
 * `{ type: 'port-data', peer, id, data }`. oRPC sends strings, so the channel's default JSON serialisation will do.
 */

/** A port as the oRPC message-port adapters take it. Nothing arrives before `start()`. */
export interface ApiPort {
  on(event: string, listener: (event?: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** MessagePortMain of Electron, as far as it is used here. */
interface ElectronPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

interface ElectronParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): unknown;
  postMessage(message: unknown): void;
}

/** The parts of `process` that are needed; `parentPort` exists in an Electron utility process only. */
export interface ProcessLike {
  readonly parentPort?: ElectronParentPort | undefined;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  send?(message: unknown, settled?: (error: Error | null) => void): boolean;
}

/** The parts of a `ChildProcess` that are needed. */
export interface ChildLike {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  send(message: unknown): boolean;
  readonly connected: boolean;
}

type Peer = PortMessage['peer'];

export interface ParentLink {
  /** Called once, with the start values. */
  onStart(listener: (message: StartMessage) => void): void;
  /** Called for each API port handed over; a later port of the same peer replaces the earlier one (that process was restarted). */
  onPort(listener: (peer: Peer, port: ApiPort) => void): void;
  /** Called when the parent is gone; a plain Node child must end itself then. Electron ends its utility processes. */
  onParentGone(listener: () => void): void;
  send(message: FromProcess): void;
}

interface OpenPort extends PortMessage {
  readonly id: number;
}
interface PortData {
  readonly type: 'port-data';
  readonly peer: Peer;
  readonly id: number;
  readonly data: unknown;
}
interface PortClosed {
  readonly type: 'port-closed';
  readonly peer: Peer;
  readonly id: number;
}
type AnyMessage = StartMessage | PingMessage | FromProcess | OpenPort | PortData | PortClosed;

/** The child's end. Answers pings by itself. Throws when the process was not started by a parent that talks. */
export function connectToParent(process: ProcessLike): ParentLink {
  return process.parentPort ? connectOverElectron(process.parentPort) : connectOverIpc(process);
}

function connectOverElectron(parentPort: ElectronParentPort): ParentLink {
  const listeners = new ChildListeners((message) => parentPort.postMessage(message));
  parentPort.on('message', (event) => {
    if (!isMessage(event.data)) return;
    const [port] = event.ports;
    if (event.data.type !== 'port') listeners.message(event.data);
    else if (port) listeners.port(event.data.peer, adaptElectronPort(port));
  });
  return listeners.link();
}

function adaptElectronPort(port: ElectronPort): ApiPort {
  return {
    on(event, listener) {
      if (event === 'message') port.on('message', listener);
      else if (event === 'close') port.on('close', () => listener());
    },
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  };
}

function connectOverIpc(process: ProcessLike): ParentLink {
  const toParent = process.send?.bind(process);
  if (!toParent) throw new Error('start this process with child_process.fork or as an Electron utility process');
  // A parent that is just gone hears nothing more; that it is gone is told by `disconnect`, and is no bug here.
  const send = (message: unknown) => void toParent(message, () => undefined);
  const listeners = new ChildListeners(send);
  const ports = new Map<number, ChannelPort>();
  process.on('message', (message) => {
    if (!isMessage(message)) return;
    if (message.type === 'port') {
      for (const [id, port] of ports) {
        if (port.peer === message.peer) port.closed();
        if (port.isClosed) ports.delete(id);
      }
      const port = new ChannelPort(message.peer, message.id, send);
      ports.set(message.id, port);
      listeners.port(message.peer, port);
    } else if (message.type === 'port-data') {
      ports.get(message.id)?.arrived(message.data);
    } else if (message.type === 'port-closed') {
      ports.get(message.id)?.closed();
      ports.delete(message.id);
    } else {
      listeners.message(message);
    }
  });
  process.on('disconnect', () => {
    for (const port of ports.values()) port.closed();
    listeners.parentGone();
  });
  return listeners.link();
}

/** What came before somebody listened is kept, since a process may need a moment before it asks. */
class ChildListeners {
  readonly #send: (message: FromProcess) => void;
  #start: ((message: StartMessage) => void) | undefined;
  #port: ((peer: Peer, port: ApiPort) => void) | undefined;
  #gone: (() => void) | undefined;
  #early: (() => void)[] = [];

  constructor(send: (message: FromProcess) => void) {
    this.#send = send;
  }

  message(message: AnyMessage): void {
    if (message.type === 'ping') this.#send({ type: 'pong' });
    if (message.type !== 'start') return;
    if (this.#start) this.#start(message);
    else this.#early.push(() => this.#start?.(message));
  }

  port(peer: Peer, port: ApiPort): void {
    if (this.#port) this.#port(peer, port);
    else this.#early.push(() => this.#port?.(peer, port));
  }

  parentGone(): void {
    this.#gone?.();
  }

  link(): ParentLink {
    return {
      onStart: (listener) => {
        this.#start = listener;
        this.#replay();
      },
      onPort: (listener) => {
        this.#port = listener;
        this.#replay();
      },
      onParentGone: (listener) => {
        this.#gone = listener;
      },
      send: this.#send,
    };
  }

  /** Only once both listeners are there, so that nothing kept is lost and the order stays. */
  #replay(): void {
    if (!this.#start || !this.#port) return;
    for (const deliver of this.#early.splice(0)) deliver();
  }
}

export interface ChildLink {
  send(message: StartMessage | PingMessage): void;
  onMessage(listener: (message: FromProcess) => void): void;
  /** Hands a new port for `peer` to the child and gives its near end. */
  openPort(peer: Peer): ApiPort;
}

/** The plain Node parent's end; Electron's main uses MessageChannelMain instead. */
export function connectToChild(child: ChildLike): ChildLink {
  const ports = new Map<number, ChannelPort>();
  const listeners: ((message: FromProcess) => void)[] = [];
  const send = (message: StartMessage | PingMessage | OpenPort | PortData | PortClosed): void => {
    if (child.connected) child.send(message);
  };
  let lastId = 0;
  child.on('message', (message) => {
    if (!isMessage(message)) return;
    if (message.type === 'port-data') ports.get(message.id)?.arrived(message.data);
    else if (message.type === 'port-closed') ports.get(message.id)?.closed();
    else if (message.type === 'pong' || message.type === 'ready') for (const listener of listeners) listener(message);
  });
  child.on('exit', () => {
    for (const port of ports.values()) port.closed();
  });
  return {
    send,
    onMessage: (listener) => void listeners.push(listener),
    openPort: (peer) => {
      const id = ++lastId;
      const port = new ChannelPort(peer, id, send);
      ports.set(id, port);
      send({ type: 'port', peer, id });
      return port;
    },
  };
}

/** Joins the near ends of two children's ports, so that the children talk to each other through the parent. */
export function joinPorts(one: ApiPort, other: ApiPort): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('message', (event) => to.postMessage(event?.data));
    from.on('close', () => to.close());
  }
  one.start();
  other.start();
}

/** One of several ports that share an IPC channel. */
class ChannelPort implements ApiPort {
  readonly peer: Peer;
  isClosed = false;
  readonly #id: number;
  readonly #send: (message: PortData | PortClosed) => void;
  readonly #onMessage: ((event?: { data: unknown }) => void)[] = [];
  readonly #onClose: (() => void)[] = [];
  #early: unknown[] | undefined = [];

  constructor(peer: Peer, id: number, send: (message: PortData | PortClosed) => void) {
    this.peer = peer;
    this.#id = id;
    this.#send = send;
  }

  on(event: string, listener: (event?: { data: unknown }) => void): void {
    if (event === 'message') this.#onMessage.push(listener);
    else if (event === 'close') this.#onClose.push(() => listener());
  }

  postMessage(message: unknown): void {
    if (!this.isClosed) this.#send({ type: 'port-data', peer: this.peer, id: this.#id, data: message });
  }

  start(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const data of early) this.arrived(data);
  }

  close(): void {
    if (this.isClosed) return;
    this.#send({ type: 'port-closed', peer: this.peer, id: this.#id });
    this.closed();
  }

  arrived(data: unknown): void {
    if (this.isClosed) return;
    if (this.#early) this.#early.push(data);
    else for (const listener of this.#onMessage) listener({ data });
  }

  closed(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const listener of this.#onClose) listener();
  }
}

/** Both ends are the same build, so only the shape is looked at: anything else on the channel is not for this link. */
function isMessage(raw: unknown): raw is AnyMessage {
  return typeof raw === 'object' && raw !== null && 'type' in raw && typeof raw.type === 'string';
}
