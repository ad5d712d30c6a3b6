import type { KioskBridge } from '../../contract/bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload script before the page's own code runs. */
    readonly kiosk: KioskBridge;
  }
}

/** What the page may ask of the rest of the kiosk. */
export const kiosk: KioskBridge = window.kiosk;
