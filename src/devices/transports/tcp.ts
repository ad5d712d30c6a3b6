import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { ByteLink, OpenFailure } from '../driver.ts';
import { CONNECT_LIMIT_MS, KEEP_ALIVE_MS } from '../limits.ts';
import { LinkState } from './link-state.ts';

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** Opens a connection that carries bytes as they are, such as a printer's port 9100. */
export async function openTcp({ host, port }: TcpAddress): Promise<Result<ByteLink, OpenFailure>> {
  // Small commands are not held back to be joined with later ones.
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_LIMIT_MS) });
  } catch (error) {
    socket.on('error', () => undefined);
    socket.destroy();
    // Refused, unreachable, unknown name, no answer in time: whatever is wrong, nobody is there.
    return refused('port-missing', error instanceof Error ? error.message : '');
  }
  return done(new TcpLink(socket));
}

class TcpLink implements ByteLink {
  readonly #socket: Socket;
  readonly #state = new LinkState();

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Uint8Array) => this.#state.deliver(bytes));
    socket.on('close', () => this.#state.end());
    // `close` follows.
    socket.on('error', () => undefined);
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#state.write((end) => this.#socket.write(bytes, end));
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#state.onBytes(listener);
  }

  onClose(listener: () => void): () => void {
    return this.#state.onClose(listener);
  }

  setBaudRate(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    if (this.#state.closed) return;
    const closed = once(this.#socket, 'close');
    this.#socket.destroy();
    await closed;
  }
}
