import { useEffect, useRef } from 'react';
import { useText } from '../../i18n/locale.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { Thumbnail } from './use-thumbnails.ts';

/** Small pictures of the pages that came from the scanner, in their order. */
export function ScannedPages({ thumbnails }: { readonly thumbnails: readonly Thumbnail[] }) {
  if (thumbnails.length === 0) return undefined;
  return (
    <ol className="scanned">
      {thumbnails.map((thumbnail, index) => (
        <ScannedPage key={thumbnail.id} thumbnail={thumbnail} number={index + 1} />
      ))}
    </ol>
  );
}

function ScannedPage({ thumbnail, number }: { readonly thumbnail: Thumbnail; readonly number: number }) {
  const text = useText();
  const { picture } = thumbnail;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current || typeof picture !== 'object') return;
    canvas.current.width = picture.width;
    canvas.current.height = picture.height;
    // Kept out of the graphics caches, which hold on to pictures long after the visit.
    canvas.current.getContext('2d', { willReadFrequently: true })?.drawImage(picture, 0, 0);
  }, [picture]);
  return (
    <li className="scanned-page" data-picture={typeof picture === 'object' ? 'shown' : picture}>
      {picture === 'broken' ? (
        <p className="scanned-broken">
          <Icon name="warn" />
          {text('apply.scanner.broken')}
        </p>
      ) : (
        <canvas ref={canvas} role="img" aria-label={text('apply.scanner.page', { number })} />
      )}
      <span className="scanned-number number" aria-hidden="true">
        {number}
      </span>
    </li>
  );
}
