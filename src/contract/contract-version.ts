/**
 * Version of what a kiosk and the platform say to each other. It is raised once with each release that changes the contract;
 * before that, the contract of the last release is frozen under test/fixtures/contract-versions. Halls are updated one after
 * the other, so a version is spoken with the one before it and the one after it, on both sides: what is new is an optional
 * field of a record, a further field of an answer or a further call, and nothing is taken away that the version before uses.
 */
export const CONTRACT_VERSION = 2;

/** Version of a request, such as `2`. Kiosks of version 1 do not send it. */
export const VERSION_HEADER = 'contract-version';
/** The versions that the platform speaks, on every answer, such as `1-2`. Platforms of version 1 do not send it. */
export const VERSIONS_HEADER = 'contract-versions';

/** From the oldest to the newest, with all between them. */
export interface Versions {
  readonly oldest: number;
  readonly newest: number;
}

/** What this code speaks: its own version and the one before. */
export const OWN_VERSIONS: Versions = { oldest: CONTRACT_VERSION - 1, newest: CONTRACT_VERSION };
/** What a platform speaks that does not say. */
const BEFORE_IT_WAS_SAID: Versions = { oldest: 1, newest: 1 };

export function writeVersions({ oldest, newest }: Versions): string {
  return `${oldest}-${newest}`;
}

/** Undefined when the header is there and says nothing that makes sense. */
export function readVersions(header: string | null): Versions | undefined {
  if (header === null) return BEFORE_IT_WAS_SAID;
  const [, oldest, newest] = /^(\d{1,4})-(\d{1,4})$/.exec(header) ?? [];
  const versions = { oldest: Number(oldest), newest: Number(newest) };
  return versions.oldest >= 1 && versions.newest >= versions.oldest ? versions : undefined;
}

/** Whether the platform may take a request by what its header says. */
export function isSpoken(header: string | undefined, { oldest, newest }: Versions = OWN_VERSIONS): boolean {
  if (header === undefined) return oldest <= BEFORE_IT_WAS_SAID.newest;
  return /^\d{1,4}$/.test(header) && Number(header) >= oldest && Number(header) <= newest;
}
