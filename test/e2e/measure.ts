import type { Page } from '@playwright/test';

/** The smallest side of anything one can press, and the free space around it, in CSS pixels. */
const smallestTarget = 60;
const smallestGap = 8;

/** Every control of the page that is smaller than the limit, or closer to another one; empty when all are right. */
export function crampedControls(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ side, gap }) => {
      const selector =
        'button, a[href], input, select, textarea, summary, [role=button], [role=link], [role=radio], [role=checkbox], [role=switch], [role=tab], [role=slider], [tabindex]:not([tabindex="-1"])';
      const dialog = document.querySelector('[data-dialog]');
      const found = new Set<Element>();
      for (const element of (dialog ?? document).querySelectorAll(selector)) {
        // A hidden input in a label is pressed by way of its label.
        const target = element.closest('label') ?? element;
        // An area that scrolls is for keyboards; its buttons are what fingers press.
        if (target.matches('[role=region]')) continue;
        if (target.checkVisibility({ visibilityProperty: true }) && !target.closest('[inert]')) found.add(target);
      }
      const named = (element: Element) =>
        `${element.tagName.toLowerCase()} ${element.getAttribute('data-name') ?? element.getAttribute('data-key') ?? ''} "${(element.textContent ?? '').slice(0, 20)}"`;
      const boxes = [...found]
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && box.height > 0);
      const problems = boxes
        .filter(({ box }) => box.width < side - 0.5 || box.height < side - 0.5)
        .map(({ element, box }) => `${named(element)} is ${box.width.toFixed(1)} x ${box.height.toFixed(1)}`);
      // What is scrolled out of an area has no neighbours outside of it.
      const clipped = ({ element, box }: (typeof boxes)[number]) => {
        const area = element.closest('.scroll-view')?.getBoundingClientRect();
        return area !== undefined && (box.top < area.top - 0.5 || box.bottom > area.bottom + 0.5);
      };
      const whole = boxes.filter((one) => !clipped(one));
      for (const [index, one] of whole.entries()) {
        for (const other of whole.slice(index + 1)) {
          if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
          const across = Math.max(other.box.left - one.box.right, one.box.left - other.box.right);
          const down = Math.max(other.box.top - one.box.bottom, one.box.top - other.box.bottom);
          if (Math.max(across, down) < gap - 0.5)
            problems.push(
              `${named(one.element)} and ${named(other.element)} are ${across.toFixed(1)}, ${down.toFixed(1)} apart`,
            );
        }
      }
      return boxes.length === 0 ? ['no control at all'] : problems;
    },
    { side: smallestTarget, gap: smallestGap },
  );
}

/** Every text that is cut off, runs out of its button or off the screen, and every sideways overflow. */
export function clippedTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight)
      problems.push(
        `the page is ${root.scrollWidth} x ${root.scrollHeight} on ${root.clientWidth} x ${root.clientHeight}`,
      );
    const slack = 1.5;
    const isForReadersOnly = (element: Element) => {
      const box = element.getBoundingClientRect();
      return box.width <= 1 && box.height <= 1;
    };
    const outOf = (inner: DOMRect, outer: DOMRect, scrolls: boolean) =>
      inner.left < outer.left - slack ||
      inner.right > outer.right + slack ||
      (!scrolls && (inner.top < outer.top - slack || inner.bottom > outer.bottom + slack));
    const inspect = (text: Node, from: Element) => {
      const range = document.createRange();
      range.selectNodeContents(text);
      // Fonts are taller than their characters: only the middle, where the ink is, must be inside.
      const ink = Number.parseFloat(getComputedStyle(from).fontSize) / 2;
      const rects = [...range.getClientRects()]
        .filter(({ width }) => width > 0)
        .map(({ x, y, width, height }) => new DOMRect(x, y + height / 2 - ink, width, ink * 2));
      let scrolled = false;
      for (let box: Element | null = from; box; box = box.parentElement) {
        if (isForReadersOnly(box)) return;
        const style = getComputedStyle(box);
        const scrolls = ['auto', 'scroll'].includes(style.overflowY);
        const limits =
          style.overflowX !== 'visible' || style.overflowY !== 'visible' || box.matches('button, label, html');
        const outer = box.getBoundingClientRect();
        if (limits && rects.some((rect) => outOf(rect, outer, scrolls || scrolled))) {
          problems.push(
            `"${(text.textContent ?? '').trim().slice(0, 30)}" runs out of ${box.tagName.toLowerCase()}.${box.className}`,
          );
          return;
        }
        scrolled ||= scrolls;
      }
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const parent = text.parentElement;
      if (!parent || (text.textContent ?? '').trim() === '' || !parent.checkVisibility({ visibilityProperty: true }))
        continue;
      inspect(text, parent);
    }
    return problems;
  });
}
