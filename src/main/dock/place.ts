import type { Rectangle, Size } from 'electron';

/** Wide enough for two buttons side by side. */
const DOCK_WIDTH = 460;
/** Bars that the desktop draws around a window. */
const FRAME_HEIGHT = 48;

/** The size at which the kiosk's window and the dock fit on a screen side by side: as wanted, or smaller in the same shape. */
export function fitBeside({ width, height }: Size, area: Size): Size {
  if (height <= area.height && width + DOCK_WIDTH <= area.width) return { width, height };
  const scale = Math.min(1, (area.width - DOCK_WIDTH) / width, (area.height - FRAME_HEIGHT) / height);
  return { width: Math.floor(width * scale), height: Math.floor(height * scale) };
}

/** The dock at the right of the kiosk's window, within the screen, and as high. */
export function placeBeside(kiosk: Rectangle, area: Rectangle): Rectangle {
  const height = Math.min(kiosk.height, area.height);
  const x = Math.min(kiosk.x + kiosk.width, area.x + area.width - DOCK_WIDTH);
  return { x: Math.max(x, area.x), y: Math.max(kiosk.y, area.y), width: DOCK_WIDTH, height };
}
