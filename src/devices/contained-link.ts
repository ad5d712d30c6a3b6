import type { ByteLink, DeviceLink } from './driver.ts';

/**
 * The link as a driver gets it: what its listeners throw is told to `onBug` and goes no further, since the code that calls
 * them belongs to all devices.
 */
export function containLink(link: DeviceLink, onBug: (error: unknown) => void): DeviceLink {
  const guarded =
    <A extends readonly unknown[]>(listener: (...args: A) => void) =>
    (...args: A): void => {
      try {
        listener(...args);
      } catch (error) {
        onBug(error);
      }
    };
  const onClose = (listener: () => void): (() => void) => link.onClose(guarded(listener));
  if ('request' in link)
    return {
      authority: link.authority,
      request: (request, signal) => link.request(request, signal),
      onClose,
      close: () => link.close(),
    };
  const contained: ByteLink = {
    write: (bytes) => link.write(bytes),
    onBytes: (listener) => link.onBytes(guarded(listener)),
    onClose,
    setBaudRate: (baudRate) => link.setBaudRate(baudRate),
    close: () => link.close(),
  };
  return contained;
}
