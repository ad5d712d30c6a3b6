/** How long the machine may take to answer at all when the official Electron release is asked for. */
export const releaseHostAnswerMs = 5_000;

/** How long the whole official download may take once the host has answered (about 120 MB). */
export const releaseDownloadMs = 15 * 60_000;

/** How long the registry's package may take (about 200 MB). */
export const registryDownloadMs = 30 * 60_000;

/** How long compiling SQLite may take; it takes one to two minutes on a small machine. */
export const compileMs = 20 * 60_000;

/** How long a runtime may take to say its version or to open a database. */
export const probeMs = 30_000;

/** Left-over working folders of interrupted set-ups are removed after this time. */
export const workFolderAgeMs = 24 * 60 * 60_000;
