import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { THUMBNAIL_WIDTH } from './limits.ts';

export interface Thumbnail {
  readonly id: number;
  /** `broken`: it has the outline of a picture, and is none. */
  readonly picture: ImageBitmap | 'coming' | 'broken';
}

export interface Thumbnails {
  readonly list: readonly Thumbnail[];
  /** @param jpeg base64, from outside */
  readonly add: (jpeg: string) => void;
  readonly clear: () => void;
}

/** Small pictures of scanned pages. Only they are kept: the page itself stays with core. */
export function useThumbnails(): Thumbnails {
  const [list, setList] = useState<readonly Thumbnail[]>([]);
  const count = useRef(0);
  const shown = useRef<readonly Thumbnail[]>([]);
  useEffect(() => {
    shown.current = list;
  }, [list]);
  const forget = useCallback(() => {
    for (const { picture } of shown.current) if (typeof picture === 'object') picture.close();
  }, []);
  useEffect(() => forget, [forget]);
  const add = useCallback((jpeg: string) => {
    count.current += 1;
    const id = count.current;
    setList((before) => [...before, { id, picture: 'coming' }]);
    void drawSmall(jpeg).then((picture) =>
      setList((before) => before.map((one) => (one.id === id ? { id, picture: picture ?? 'broken' } : one))),
    );
  }, []);
  const clear = useCallback(() => {
    forget();
    setList([]);
  }, [forget]);
  return useMemo(() => ({ list, add, clear }), [list, add, clear]);
}

/** Decoded here, in the sandbox of the page, and nowhere else. Nothing when it cannot be. */
async function drawSmall(jpeg: string): Promise<ImageBitmap | undefined> {
  const blob = new Blob([Uint8Array.from(atob(jpeg), (character) => character.charCodeAt(0))], { type: 'image/jpeg' });
  try {
    return await createImageBitmap(blob, { resizeWidth: THUMBNAIL_WIDTH, resizeQuality: 'medium' });
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
