import type { CardEvent } from '../../../contract/visit-view.ts';

/** Where the card goes: the reader's plate, and a card that comes down on it. The styles move it by the state. */
export function CardPicture({ state, label }: { readonly state: CardEvent['kind']; readonly label: string }) {
  return (
    <svg className="card-picture" data-state={state} viewBox="0 0 560 420" role="img" aria-label={label} fill="none">
      <ellipse className="cp-shadow" cx="280" cy="390" rx="250" ry="24" />
      <path className="cp-base" d="M92 206h376l60 150v20a18 18 0 0 1-18 18H50a18 18 0 0 1-18-18v-20z" />
      <path className="cp-front" d="M32 356h496v20a18 18 0 0 1-18 18H50a18 18 0 0 1-18-18z" />
      <path className="cp-plate" d="M126 220h308l46 122H80z" />
      <path className="cp-waves" d="M148 232h264l34 98H114z" />
      <circle className="cp-lamp" cx="280" cy="375" r="8" />
      <g className="cp-card">
        <path className="cp-sheet" d="M186 240h188l30 82H156z" />
        <path
          className="cp-face"
          d="M342 256a16 12 0 1 1 0 24 16 12 0 0 1 0-24zM314 308c2-16 14-22 31-22s30 6 36 22z"
        />
        <path className="cp-lines" d="M204 258h62M198 276h84M191 294h70M186 310h104" />
      </g>
      <path className="cp-arrow" d="M470 40v96m-30-30 30 32 30-32" />
      <g className="cp-done">
        <circle cx="420" cy="214" r="46" />
        <path d="m398 215 15 16 30-32" />
      </g>
      <g className="cp-failed">
        <circle cx="420" cy="214" r="46" />
        <path d="M420 190v28M420 234v1" />
      </g>
    </svg>
  );
}
