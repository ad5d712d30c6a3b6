import { refused, done } from '../../domain/result.ts';
import { LARGEST_PAGE_BYTES } from '../limits.ts';
import type { CheckPage } from './document-scanner.ts';

/** A page larger than a page may be is neither stored nor decoded; one that is empty, or no picture, is a fault. */
export const checkPage: CheckPage = ({ type, bytes }) => {
  if (bytes.length > LARGEST_PAGE_BYTES) return refused('page-too-large');
  return bytes.length === 0 || !/^image\/(?:jpeg|png)$/.test(type) ? refused('scanner-fault') : done();
};
