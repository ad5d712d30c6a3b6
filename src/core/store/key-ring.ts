import { createHmac, hkdfSync } from 'node:crypto';
import type { Result } from '../../domain/result.ts';
import { done } from '../../domain/result.ts';
import {
  KEY_BYTES,
  KEY_ID_BYTES,
  markOf,
  openValue,
  rewrapValue,
  sealValue,
  type Seal,
  type SealedPlace,
  type WrappingKey,
} from './seal.ts';

/** 128 bits: no two of any number of pages ever share a name. */
const NAME_BYTES = 16;

interface RingKey extends WrappingKey {
  readonly naming: Uint8Array;
}

/** The device key, and during its rotation the one before. Everything that needs a key gets a part derived from it here. */
export class KeyRing {
  readonly #current: RingKey;
  readonly #all: readonly RingKey[];
  readonly #random: (bytes: number) => Buffer;

  /** Each key has 32 bytes. `former`: opens what is not rewrapped yet, seals nothing. */
  constructor(current: Uint8Array, former: Uint8Array | undefined, random: (bytes: number) => Buffer) {
    this.#current = derive(current);
    this.#all = former === undefined ? [this.#current] : [this.#current, derive(former)];
    this.#random = random;
  }

  sealFor(table: SealedPlace['table']): Seal {
    return {
      seal: (plain, rowId) => sealValue(plain, { table, rowId }, this.#current, this.#random),
      open: (sealed, rowId) => openValue(sealed, { table, rowId }, this.#all),
    };
  }

  /** What everything that is sealed under the current key begins with. */
  get mark(): Buffer {
    return markOf(this.#current);
  }

  /** The same value under the current key. One of version 1 has no key of its own and is sealed anew. */
  rewrap(sealed: Buffer, place: SealedPlace): Result<Buffer, 'broken'> {
    const rewrapped = rewrapValue(sealed, place, this.#all, this.#current, this.#random);
    if (rewrapped.ok) return rewrapped;
    const opened = openValue(sealed, place, this.#all);
    return opened.ok ? done(sealValue(opened.value, place, this.#current, this.#random)) : opened;
  }

  /** Names that the file of a page may have: under the current key first. They say nothing about the page or its time. */
  fileNames(id: string): [string, ...string[]] {
    const former = this.#all.slice(1).map(({ naming }) => nameUnder(naming, id));
    return [nameUnder(this.#current.naming, id), ...former];
  }
}

function nameUnder(naming: Uint8Array, id: string): string {
  return createHmac('sha256', naming).update(id).digest().subarray(0, NAME_BYTES).toString('hex');
}

function derive(deviceKey: Uint8Array): RingKey {
  if (deviceKey.length !== KEY_BYTES) throw new Error(`a device key has ${KEY_BYTES} bytes, not ${deviceKey.length}`);
  return {
    deviceKey,
    id: deriveKey(deviceKey, 'id', KEY_ID_BYTES),
    key: deriveKey(deviceKey, 'record-keys'),
    naming: deriveKey(deviceKey, 'file-names'),
  };
}

/** HKDF-SHA-256 (RFC 5869) of the device key for one use of it. */
export function deriveKey(
  deviceKey: Uint8Array,
  use: 'id' | 'record-keys' | 'file-names' | 'backup',
  bytes = KEY_BYTES,
): Buffer {
  return Buffer.from(hkdfSync('sha256', deviceKey, new Uint8Array(), `hall-kiosk ${use}`, bytes));
}
