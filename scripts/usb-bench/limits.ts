/** A whole run takes about a minute and a half under software emulation; then the virtual machine is ended. */
export const runMs = 8 * 60_000;

/** How long fetching the kernel's package may take (about 70 MB). */
export const downloadMs = 15 * 60_000;
