const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1', 'localhost']);

/** Whether an address or host name is this machine's own, which nobody else can reach. */
export function isLoopback(host: string): boolean {
  return loopback.has(host);
}
