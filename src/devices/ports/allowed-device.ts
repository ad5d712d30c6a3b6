import type { HidUsage } from './hid-usages.ts';

/** One function of a USB device, as its descriptor tells it (USB 2.0, 9.6.5). */
export interface UsbInterface {
  readonly class: number;
  readonly subclass: number;
  readonly protocol: number;
}

/** All that a USB device can do, also through interfaces that are not asked for. */
export interface UsbFunctions {
  readonly interfaces: readonly UsbInterface[];
  readonly usages: readonly HidUsage[];
}

export type Refusal = 'keyboard-refused' | 'storage-refused';

const HID_CLASS = 0x03;
const MASS_STORAGE_CLASS = 0x08;
const BOOT_SUBCLASS = 1;
const BOOT_KEYBOARD = 1;
const GENERIC_DESKTOP_PAGE = 1;
const KEYBOARD = 6;
const KEYPAD = 7;

/**
 * Why a device must not be used, however the configuration names it: nothing plugged into a kiosk may carry files, and
 * nothing may type into its pages, be it beside what it is wanted for.
 */
export function refusalOf({ interfaces, usages }: UsbFunctions): Refusal | undefined {
  if (interfaces.some((one) => one.class === MASS_STORAGE_CLASS)) return 'storage-refused';
  return interfaces.some(isBootKeyboard) || usages.some(typesText) ? 'keyboard-refused' : undefined;
}

function isBootKeyboard({ class: kind, subclass, protocol }: UsbInterface): boolean {
  return kind === HID_CLASS && subclass === BOOT_SUBCLASS && protocol === BOOT_KEYBOARD;
}

function typesText({ page, usage }: HidUsage): boolean {
  return page === GENERIC_DESKTOP_PAGE && (usage === KEYBOARD || usage === KEYPAD);
}
