import { describe, expect, it } from 'vitest';
import { phrases } from './phrases.ts';

describe('where a heading may break', () => {
  it('cuts after Chinese punctuation, and inside a clause between words only', () => {
    expect(phrases('您是替自己申请，还是替家里老人申请？').map((clause) => clause.join(''))).toEqual([
      '您是替自己申请，',
      '还是替家里老人申请？',
    ]);
    expect(phrases('您是孩子的母亲还是父亲？').flat()).toEqual(expect.arrayContaining(['母亲', '还是', '父亲？']));
  });

  it('keeps brackets with what they enclose', () => {
    const cut = phrases('请拍：户口簿（首页）').flat();
    expect(cut.find((word) => word.includes('（'))).toMatch(/^（./);
    expect(cut.at(-1)).toMatch(/.）$/);
  });

  it('loses nothing', () => {
    for (const text of ['', '（', '《出生医学证明》的编号是多少？', 'Hello, who are you?', '“拍照”，再拍', ' a  b ']) {
      expect(phrases(text).flat().join('')).toBe(text);
    }
  });
});
