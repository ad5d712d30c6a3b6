/** Part of a view that one press moves; the rest stays visible, so that the eye finds its place again. */
const PRESS_SHARE = 0.8;
/** Browsers round scroll positions on scaled screens. */
const ROUNDING = 2;

export function scrollEnds(offset: number, view: number, content: number) {
  return {
    overflows: content > view + ROUNDING,
    atStart: offset <= ROUNDING,
    atEnd: offset + view >= content - ROUNDING,
  };
}

/** Where one press of a scroll button leads. */
export function nextOffset(offset: number, view: number, content: number, direction: 1 | -1): number {
  return Math.min(Math.max(0, offset + direction * view * PRESS_SHARE), Math.max(0, content - view));
}
