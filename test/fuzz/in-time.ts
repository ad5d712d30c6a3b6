import { createContext, Script } from 'node:vm';

const call = new Script('work()');
const LATE = 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/**
 * Does the work; false when it was not over by then. It is cut off even in a loop that never gives the processor back, which
 * neither a timer nor a test's own time limit can do: Node stops it from another thread.
 */
export function isDoneIn(milliseconds: number, work: () => void): boolean {
  try {
    call.runInContext(createContext({ work }), { timeout: milliseconds });
    return true;
  } catch (error) {
    // No `Error` of ours: it comes from the place that the call was made in.
    const isLate = typeof error === 'object' && error !== null && 'code' in error && error.code === LATE;
    if (isLate) return false;
    throw error;
  }
}
