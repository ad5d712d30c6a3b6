import type { CardEvent } from '../../../contract/visit-view.ts';

/** Where the card goes: the reader's plate, and a card that comes down on it. The styles move it by the state. */
export function CardPicture({ state, label }: { readonly state: CardEvent['kind']; readonly label: string }) {
  return (
    <svg className="card-picture" data-state={state} viewBox="0 0 560 420" role="img" aria-label={label} fill="none">
      <ellipse className="cp-shadow" cx="280" cy="366" rx="228" ry="26" />
      <path className="cp-base" d="M72 282h416l34 66a18 18 0 0 1-16 26H54a18 18 0 0 1-16-26z" />
      <path className="cp-plate" d="M112 296h336l20 42H92z" />
      <g className="cp-waves">
        <path d="M216 318c40-12 88-12 128 0" />
        <path d="M188 328c56-18 128-18 184 0" />
      </g>
      <circle className="cp-lamp" cx="280" cy="357" r="7" />
      <g className="cp-card">
        <rect x="130" y="76" width="300" height="188" rx="18" />
        <g className="cp-face">
          <circle cx="362" cy="142" r="24" />
          <path d="M322 214c4-28 20-40 40-40s36 12 40 40z" />
        </g>
        <path className="cp-lines" d="M160 118h76M160 154h112M160 190h92M160 230h180" />
      </g>
      <path className="cp-arrow" d="M480 110v110m-30-30 30 32 30-32" />
      <g className="cp-done">
        <circle cx="420" cy="256" r="46" />
        <path d="m398 257 15 16 30-32" />
      </g>
      <g className="cp-failed">
        <circle cx="420" cy="256" r="46" />
        <path d="M420 232v28M420 276v1" />
      </g>
    </svg>
  );
}
