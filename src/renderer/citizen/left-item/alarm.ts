import { ALARM_EVERY_MS } from '../../limits.ts';

/** The two notes of one call, in hertz, and how long each sounds, in seconds. */
const NOTES = [880, 660] as const;
const NOTE_SECONDS = 0.35;
/** Heard across a hall, and not startling beside the kiosk. */
const LOUDNESS = 0.5;
/** Notes swell and fade, since a sudden edge clicks. */
const EDGE_SECONDS = 0.02;

/**
 * Calls again and again until the returned function is called. `onCall` after each call that went all the way to where the
 * sound comes out.
 */
export function startAlarm(onCall: () => void): () => void {
  const context = new AudioContext();
  const call = () => {
    const ends = NOTES.map((hertz, index) => note(context, hertz, context.currentTime + index * NOTE_SECONDS));
    ends.at(-1)?.addEventListener('ended', onCall, { once: true });
  };
  call();
  const timer = setInterval(call, ALARM_EVERY_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

function note(context: AudioContext, hertz: number, at: number): OscillatorNode {
  const loudness = context.createGain();
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + EDGE_SECONDS);
  loudness.gain.setValueAtTime(LOUDNESS, at + NOTE_SECONDS - EDGE_SECONDS);
  loudness.gain.linearRampToValueAtTime(0, at + NOTE_SECONDS);
  const source = new OscillatorNode(context, { frequency: hertz });
  source.connect(loudness).connect(context.destination);
  source.start(at);
  source.stop(at + NOTE_SECONDS);
  return source;
}
