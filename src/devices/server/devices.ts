import type { DeviceView } from '../../contract/device-classes.ts';
import { Changes } from '../changes.ts';
import type { ServerDeps } from './serve.ts';

/** The whole list, at once and at every change. */
export async function* watchDevices(
  { supervisor }: ServerDeps,
  signal: AbortSignal,
): AsyncGenerator<DeviceView[], void, undefined> {
  const changes = new Changes((listener) => supervisor.onChange(listener), signal);
  try {
    while (!signal.aborted) {
      yield supervisor.list();
      await changes.next();
    }
  } finally {
    changes.stop();
  }
}
