import { useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react';
import type { Ref } from 'react';
import SignaturePad from 'signature_pad';
import { PEN_MAX, PEN_MIN } from './limits.ts';

export interface Signature {
  readonly clear: () => void;
  /** Base64 of a PNG, or undefined while nothing is drawn. */
  readonly image: () => string | undefined;
}

interface SignatureCanvasProps {
  readonly label: string;
  readonly onStroke: () => void;
  readonly ref: Ref<Signature>;
}

/** White paper to sign on with a finger. Its pixels are dropped when it goes. */
export function SignatureCanvas({ label, onStroke, ref }: SignatureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad>(null);
  const stroke = useEffectEvent(onStroke);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const drawn = new SignaturePad(element, { minWidth: PEN_MIN, maxWidth: PEN_MAX, backgroundColor: '#fff' });
    pad.current = drawn;
    drawn.addEventListener('endStroke', () => stroke());
    // The canvas has as many pixels as the screen shows of it; strokes so far are drawn again at the new size.
    const observer = new ResizeObserver(() => {
      const ratio = window.devicePixelRatio;
      element.width = element.clientWidth * ratio;
      element.height = element.clientHeight * ratio;
      element.getContext('2d')?.scale(ratio, ratio);
      drawn.redraw();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.off();
      drawn.clear();
      pad.current = null;
      element.width = 0;
      element.height = 0;
    };
  }, []);
  useImperativeHandle(ref, () => ({
    clear: () => pad.current?.clear(),
    image: () => {
      if (!pad.current || pad.current.isEmpty()) return undefined;
      return pad.current.toDataURL('image/png').replace(/^data:[^,]*,/, '');
    },
  }));
  return <canvas className="sign-canvas" ref={canvas} role="img" aria-label={label} />;
}
