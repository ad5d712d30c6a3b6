/** A whole run takes about five minutes under software emulation, seven beside other work; then the virtual machine is ended. */
export const runMs = 12 * 60_000;

/** How long fetching the kernel's package may take (about 70 MB). */
export const downloadMs = 15 * 60_000;
