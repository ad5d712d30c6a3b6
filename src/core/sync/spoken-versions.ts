import { ORPCError } from '@orpc/client';
import {
  CONTRACT_VERSION,
  OWN_VERSIONS,
  readVersions,
  type Versions,
  VERSIONS_HEADER,
} from '../../contract/contract-version.ts';
import type { PlatformFetch } from './platform-fetch.ts';

/**
 * Kiosk and platform have no version of the contract in common, or not the call that is wanted: one of the two has to be
 * updated, and the record waits for it.
 */
export type VersionGapReason = 'platform-too-old' | 'kiosk-too-old';

export function isVersionGap(reason: unknown): reason is VersionGapReason {
  return reason === 'platform-too-old' || reason === 'kiosk-too-old';
}

/** Thrown in place of a call that cannot be made, or was not known over there. */
export class VersionGap extends Error {
  readonly reason: VersionGapReason;
  constructor(reason: VersionGapReason, detail: string, options?: { readonly cause: unknown }) {
    super(detail, options);
    this.name = 'VersionGap';
    this.reason = reason;
  }
}

/** What the last answer of a call said about versions. */
export interface Heard {
  versions?: string | null;
}

/** A fetch that notes down which versions the platform says it speaks. */
export function listening(fetch: PlatformFetch, heard: Heard): PlatformFetch {
  return async (...request) => {
    const answer = await fetch(...request);
    heard.versions = answer.headers.get(VERSIONS_HEADER);
    return answer;
  };
}

/**
 * Which version to speak with the platform: the newest that both know. Each answer of the platform says it anew, since
 * behind one address there may be processes of two versions while it is being updated, or of the older one again.
 */
export class SpokenVersions {
  readonly #onChange: () => void;
  #platform: Versions | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** What staff have to know: the platform is older than this kiosk, or has left it behind. */
  get gap(): VersionGapReason | undefined {
    if (!this.#platform || this.#platform.newest === CONTRACT_VERSION) return undefined;
    if (this.#platform.newest < CONTRACT_VERSION) return 'platform-too-old';
    return this.#platform.oldest > CONTRACT_VERSION ? 'kiosk-too-old' : undefined;
  }

  /** Throws {@link VersionGap} when there is none. Before the platform has said anything it is this kiosk's own. */
  common(): number {
    const { oldest, newest } = this.#platform ?? OWN_VERSIONS;
    const common = Math.min(newest, CONTRACT_VERSION);
    if (common < OWN_VERSIONS.oldest) throw new VersionGap('platform-too-old', `it speaks ${oldest} to ${newest}`);
    if (common < oldest) throw new VersionGap('kiosk-too-old', `the platform speaks ${oldest} to ${newest}`);
    return common;
  }

  /**
   * Makes a call in the common version. When it is refused by a platform of another version than was believed, once more in
   * that one.
   */
  async call<T>(send: (version: number, heard: Heard) => Promise<T>): Promise<T> {
    for (let again = true; ; again = false) {
      const version = this.common();
      const heard: Heard = {};
      try {
        const answer = await send(version, heard);
        this.hear(heard);
        return answer;
      } catch (error) {
        // The platform's own word, from behind the door: before it, nobody says versions.
        if (!(error instanceof ORPCError) || error.code === 'UNAUTHORIZED') throw error;
        this.hear(heard);
        if (again && this.common() !== version) continue;
        const unknown = error.code === 'NOT_FOUND' || error.code === 'VERSION_NOT_SPOKEN';
        throw unknown ? new VersionGap('platform-too-old', `${error.status} ${error.code}`, { cause: error }) : error;
      }
    }
  }

  hear({ versions: header }: Heard): void {
    const versions = header === undefined ? undefined : readVersions(header);
    if (!versions) return;
    const before = this.gap;
    this.#platform = versions;
    if (this.gap !== before) this.#onChange();
  }
}
