import { expect, it } from 'vitest';
import { clauses } from './clauses.ts';

it('cuts a Chinese sentence after its punctuation and leaves other text whole', () => {
  expect(clauses('您是替自己申请，还是替家里老人申请？')).toEqual(['您是替自己申请，', '还是替家里老人申请？']);
  expect(clauses('请拍：居民户口簿')).toEqual(['请拍：', '居民户口簿']);
  expect(clauses('Hello, who are you?')).toEqual(['Hello, who are you?']);
  expect(clauses('')).toEqual(['']);
});
