import type { Frame } from '../../../contract/diagnosis.ts';
import { useStaffText } from '../texts.ts';

/** What went over the line, as hexadecimal digits, the latest first. */
export function Frames({ frames, isWhole }: { readonly frames: readonly Frame[]; readonly isWhole: boolean }) {
  const text = useStaffText();
  return (
    <section className="frames" data-frames={frames.length}>
      <h2>{text('staffArea.try.frames')}</h2>
      <p className="frames-note">{text(frames.length === 0 ? 'staffArea.try.noFrames' : 'staffArea.try.masked')}</p>
      {!isWhole && <p className="frames-note">{text('staffArea.try.cut')}</p>}
      <ol className="frames-list">
        {frames.toReversed().map((frame, index) => (
          <li key={frames.length - index} className="frame-line" data-to={frame.to}>
            <span className="frame-way">
              {text(frame.to === 'device' ? 'staffArea.try.toDevice' : 'staffArea.try.toHost')}
            </span>
            <span className="frame-about">{text('staffArea.try.bytes', { ms: frame.ms, bytes: frame.bytes })}</span>
            <code className="frame-hex">
              {spaced(frame.hex)}
              {frame.bytes > frame.hex.length / 2 ? ' …' : ''}
            </code>
          </li>
        ))}
      </ol>
    </section>
  );
}

function spaced(hex: string): string {
  return hex.replaceAll(/..(?!$)/g, '$& ');
}
