/**
 * Finds what is in a text but for one character that is wrong, missing or too many. One half of it is then in the text as it
 * stands. Characters are UTF-16 units: a rare one of two units counts as two.
 */
export class OneOff {
  readonly left: string;
  readonly right: string;

  constructor(whole: string) {
    const middle = Math.ceil(whole.length / 2);
    this.left = whole.slice(0, middle);
    this.right = whole.slice(middle);
  }

  isIn(text: string): boolean {
    for (let at = text.indexOf(this.left); at >= 0; at = text.indexOf(this.left, at + 1)) {
      if (this.hasLeftAt(text, at)) return true;
    }
    for (let at = text.indexOf(this.right); at >= 0; at = text.indexOf(this.right, at + 1)) {
      if (this.hasRightAt(text, at)) return true;
    }
    return false;
  }

  /** Whether it is at a place of the text, its left half as it stands. */
  hasLeftAt(text: string, at: number): boolean {
    return text.startsWith(this.left, at) && reads(text, at + this.left.length, 1, this.right);
  }

  /** Whether it ends at a place of the text with its right half as it stands, which begins there. */
  hasRightAt(text: string, at: number): boolean {
    return text.startsWith(this.right, at) && reads(text, at - 1, -1, this.left);
  }
}

/** Whether `part` can be read in `text` from `at` on, forwards or backwards, with one error at most. */
function reads(text: string, at: number, step: 1 | -1, part: string): boolean {
  const characterOf = (place: number) => part.charAt(step === 1 ? place : part.length - 1 - place);
  const readsOn = (place: number, from: number): boolean => {
    for (let read = place; read < part.length; read += 1) {
      if (text.charAt(from + step * (read - place)) !== characterOf(read)) return false;
    }
    return true;
  };
  for (let place = 0; place < part.length; place += 1) {
    const here = at + step * place;
    if (text.charAt(here) === characterOf(place)) continue;
    const isWrong = readsOn(place + 1, here + step);
    const lacksOne = readsOn(place, here + step);
    const hasOneTooMany = readsOn(place + 1, here);
    return isWrong || lacksOne || hasOneTooMany;
  }
  return true;
}
