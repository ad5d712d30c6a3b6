import { createHmac } from 'node:crypto';
import type { Result } from '../../domain/result.ts';
import { done } from '../../domain/result.ts';
import { aesGcm, aesKey } from './aes-gcm.ts';
import type { Ciphers } from './cipher.ts';
import { deriveKey, KEY_BYTES } from './derive-key.ts';
import {
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

interface RingKey {
  /** One for each way to seal, the one in force first. */
  readonly wrapping: readonly [WrappingKey, ...WrappingKey[]];
  readonly naming: Uint8Array;
}

/** The device key, and during its rotation the one before. Everything that needs a key gets a part derived from it here. */
export class KeyRing {
  readonly #current: RingKey;
  readonly #all: readonly RingKey[];
  readonly #wrapping: readonly WrappingKey[];
  readonly #random: (bytes: number) => Buffer;

  /**
   * Each key has 32 bytes. `former`: opens what is not rewrapped yet, seals nothing. `ciphers`: what seals and what is opened
   * besides; the international profile unless given.
   */
  constructor(
    current: Uint8Array,
    former: Uint8Array | undefined,
    random: (bytes: number) => Buffer,
    ciphers: Ciphers = [aesGcm],
  ) {
    this.#current = derive(current, ciphers);
    this.#all = former === undefined ? [this.#current] : [this.#current, derive(former, ciphers)];
    this.#wrapping = this.#all.flatMap(({ wrapping }) => wrapping);
    this.#random = random;
  }

  sealFor(table: SealedPlace['table']): Seal {
    const [under] = this.#current.wrapping;
    return {
      seal: (plain, rowId) => sealValue(plain, { table, rowId }, under, this.#random),
      open: (sealed, rowId) => openValue(sealed, { table, rowId }, this.#wrapping),
    };
  }

  /** What everything that is sealed under the current key, in the way in force, begins with. */
  get mark(): Buffer {
    return this.#current.wrapping[0].mark;
  }

  /** The same value under the current key. One sealed in another way, as one of version 1, is opened and sealed anew. */
  rewrap(sealed: Buffer, place: SealedPlace): Result<Buffer, 'broken'> {
    const [under] = this.#current.wrapping;
    const rewrapped = rewrapValue(sealed, place, this.#wrapping, under, this.#random);
    if (rewrapped.ok) return rewrapped;
    const opened = openValue(sealed, place, this.#wrapping);
    return opened.ok ? done(sealValue(opened.value, place, under, this.#random)) : opened;
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

function derive(deviceKey: Uint8Array, [inForce, ...others]: Ciphers): RingKey {
  if (deviceKey.length !== KEY_BYTES) throw new Error(`a device key has ${KEY_BYTES} bytes, not ${deviceKey.length}`);
  const id = deriveKey(deviceKey, 'id', KEY_ID_BYTES);
  const itself = aesKey(deviceKey);
  const wrappingBy = (cipher: Ciphers[number]): WrappingKey => ({
    mark: markOf(cipher, id),
    cipher,
    key: cipher.wrappingKey(deviceKey),
    deviceKey: itself,
  });
  return { wrapping: [wrappingBy(inForce), ...others.map(wrappingBy)], naming: deriveKey(deviceKey, 'file-names') };
}
