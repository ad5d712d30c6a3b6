import type { DockBridge } from '../../contract/dock.ts';

declare global {
  interface Window {
    /** Put there by the preload script before the page's own code runs. */
    readonly dock: DockBridge;
  }
}

/** What the dock may ask of the hall. */
export const hall: DockBridge = window.dock;
