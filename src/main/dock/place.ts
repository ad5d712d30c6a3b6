import type { Rectangle, Size } from 'electron';

/** Wide enough for two buttons side by side. */
const DOCK_WIDTH = 460;
/** Bars that the desktop draws around a window. */
const FRAME_HEIGHT = 48;

/**
 * The kiosk's window and the dock side by side in the middle of a screen: the kiosk at the wanted size, or smaller in the
 * same shape, since its page keeps its look at any size.
 */
export function placeSideBySide(
  wanted: Size,
  area: Rectangle,
): { readonly kiosk: Rectangle; readonly dock: Rectangle } {
  const fits = wanted.height <= area.height && wanted.width + DOCK_WIDTH <= area.width;
  const room = { width: area.width - DOCK_WIDTH, height: area.height - FRAME_HEIGHT };
  const scale = fits ? 1 : Math.min(1, room.width / wanted.width, room.height / wanted.height);
  const [width, height] = [Math.floor(wanted.width * scale), Math.floor(wanted.height * scale)];
  const x = area.x + Math.max(0, Math.floor((area.width - width - DOCK_WIDTH) / 2));
  const y = area.y + Math.max(0, Math.floor((area.height - height) / 2));
  return { kiosk: { x, y, width, height }, dock: { x: x + width, y, width: DOCK_WIDTH, height } };
}
