/** The kiosk's own icons: one grid of 48, one stroke. Faces are for the five levels of the rating. */
const paths = {
  apply: 'M12 6h17l9 9v11M29 6v9h9M12 6v36h12M19 20h8M19 28h6M28 42l2-8 11-11 6 6-11 11z',
  guide: 'M24 13c-4-4-10-5-18-5v28c8 0 14 1 18 5 4-4 10-5 18-5V8c-8 0-14 1-18 5zM24 13v28',
  forms: 'M12 6h17l9 9v27H12zM29 6v9h9M25 21v13M19 29l6 6 6-6',
  ticket: 'M6 15h36v6a4 4 0 0 0 0 8v6H6v-6a4 4 0 0 0 0-8zM30 15v4M30 23v4M30 31v4M14 21h8M14 29h8',
  progress: 'M10 8h22v12M10 8v32h12M17 17h9M17 25h5M33 40a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM39 38l5 5',
  result: 'M24 28a11 11 0 1 0 0-22 11 11 0 0 0 0 22zM17 26l-3 16 10-5 10 5-3-16M19 17l4 4 7-7',
  rate: 'M24 6l5.4 11.4L42 19l-9.2 8.6L35.2 40 24 34l-11.2 6 2.4-12.4L6 19l12.6-1.6z',
  help: 'M24 42a18 18 0 1 0 0-36 18 18 0 0 0 0 36zM18.5 19a5.5 5.5 0 1 1 8.5 4.6c-2 1.3-3 2.4-3 4.9M24 34v.5',
  phone: 'M14 6h6l3 10-5 4c2 5 5 8 10 10l4-5 10 3v6c0 4-3 6-6 6C20 40 8 28 8 12c0-3 2-6 6-6z',
  clock: 'M24 42a18 18 0 1 0 0-36 18 18 0 0 0 0 36zM24 14v11l7 4',
  globe: 'M24 42a18 18 0 1 0 0-36 18 18 0 0 0 0 36zM6 24h36M24 6c6 5 8 11 8 18s-2 13-8 18c-6-5-8-11-8-18s2-13 8-18z',
  card: 'M6 11h36v26H6zM13 29c1-3 3-4 5-4s4 1 5 4M18 22a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM28 19h8M28 27h8',
  building: 'M6 20L24 7l18 13M6 20h36M11 20v16M20 20v16M28 20v16M37 20v16M6 40h36M8 36h32',
  printer: 'M14 18V6h20v12M14 34H8V18h32v16h-6M14 28h20v14H14zM34 23h.5',
  camera: 'M6 14h9l3-5h12l3 5h9v25H6zM24 34a8 8 0 1 0 0-16 8 8 0 0 0 0 16z',
  scan: 'M8 16V8h8M32 8h8v8M40 32v8h-8M16 40H8v-8M8 24h32',
  pen: 'M8 40l3-11L33 7l8 8-22 22zM28 12l8 8',
  person: 'M24 23a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM8 42c1-9 7-13 16-13s15 4 16 13',
  people:
    'M18 23a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM5 41c1-8 6-12 13-12s12 4 13 12M32 9.5a7 7 0 0 1 0 13M36 29.5c4 1.5 6.5 5.5 7 11.5',
  shield: 'M24 5l16 6v12c0 10-6 16-16 20C14 39 8 33 8 23V11zM16 23l6 6 11-11',
  lock: 'M10 21h28v21H10zM16 21v-6a8 8 0 0 1 16 0v6M24 29v5',
  calendar: 'M8 11h32v31H8zM8 20h32M16 6v9M32 6v9M16 28h6M26 28h6M16 35h6',
  pin: 'M24 43C15 33 10 26 10 20a14 14 0 0 1 28 0c0 6-5 13-14 23zM24 25a5 5 0 1 0 0-10 5 5 0 0 0 0 10z',
  coins: 'M24 42a18 18 0 1 0 0-36 18 18 0 0 0 0 36zM17 14l7 9 7-9M16 24h16M16 30h16M24 23v12',
  law: 'M24 6v36M14 42h20M10 12h28M10 12L4 27c1 4 11 4 12 0zM38 12l-6 15c1 4 11 4 12 0z',
  list: 'M18 12h24M18 24h24M18 36h24M8 12h1M8 24h1M8 36h1',
  flow: 'M6 8h14v10H6zM28 30h14v10H28zM13 18v17h15M23 30l5 5-5 5',
  hourglass: 'M12 6h24M12 42h24M15 6c0 10 7 12 7 18s-7 8-7 18M33 6c0 10-7 12-7 18s7 8 7 18',
  question: 'M6 9h36v26H24l-9 8v-8H6zM20 18a4 4 0 1 1 6 3.5c-1.5 1-2 1.5-2 3.5M24 29.5v.5',
  offline: 'M6 19c5-5 11-8 18-8M42 19c-3-3-6-5-9.5-6.3M13 27c3-3 7-5 11-5M35 27c-1.2-1.2-2.5-2.2-4-3M24 37v1M8 6l32 36',
  home: 'M6 23L24 8l18 15M11 19v22h26V19M20 41V29h8v12',
  wrench: 'M31 6a10 10 0 0 0-10 13L6 34l8 8 15-15a10 10 0 0 0 13-10l-7 6-7-2-2-7 6-7z',
  check: 'M8 25l11 11L40 13',
  'check-circle': 'M24 42a18 18 0 1 0 0-36 18 18 0 0 0 0 36zM15 25l6.5 6.5L33 19',
  cross: 'M11 11l26 26M37 11L11 37',
  info: 'M24 42a18 18 0 1 0 0-36 18 18 0 0 0 0 36zM24 22v12M24 14.5v.5',
  warn: 'M24 6l20 35H4zM24 19v11M24 35.5v.5',
  error: 'M16 5h16l11 11v16L32 43H16L5 32V16zM24 14v12M24 33v.5',
  plus: 'M24 9v30M9 24h30',
  minus: 'M9 24h30',
  refresh: 'M40 24a16 16 0 1 1-5-11.6M40 6v9h-9',
  delete: 'M17 10h25v28H17L5 24zM24 18l11 12M35 18L24 30',
  'arrow-left': 'M42 24H8M21 10L7 24l14 14',
  'arrow-right': 'M6 24h34M27 10l14 14-14 14',
  'arrow-up': 'M24 42V8M10 21L24 7l14 14',
  'arrow-down': 'M24 6v34M10 27l14 14 14-14',
  'chevron-right': 'M18 9l15 15-15 15',
  exit: 'M28 7H8v34h20M20 24h22M33 14l10 10-10 10',
  'face-very-satisfied':
    'M24 43a19 19 0 1 0 0-38 19 19 0 0 0 0 38zM14 20c1.5-3 5-3 6.5 0M27.5 20c1.5-3 5-3 6.5 0M13 27h22c-1 6-5.5 9.5-11 9.5S14 33 13 27z',
  'face-satisfied':
    'M24 43a19 19 0 1 0 0-38 19 19 0 0 0 0 38zM17 18.5v2M31 18.5v2M14.5 28c2 4.5 5.5 6.5 9.5 6.5s7.5-2 9.5-6.5',
  'face-fairly-satisfied':
    'M24 43a19 19 0 1 0 0-38 19 19 0 0 0 0 38zM17 18.5v2M31 18.5v2M16 30c2.5 1.8 5 2.5 8 2.5s5.5-.7 8-2.5',
  'face-dissatisfied': 'M24 43a19 19 0 1 0 0-38 19 19 0 0 0 0 38zM17 18.5v2M31 18.5v2M16 33c2-2.7 4.8-4 8-4s6 1.3 8 4',
  'face-very-dissatisfied':
    'M24 43a19 19 0 1 0 0-38 19 19 0 0 0 0 38zM14 16.5l6 2.5M34 16.5L28 19M17 22v1M31 22v1M14.5 36c2-5 5.5-7 9.5-7s7.5 2 9.5 7',
} as const;

export type IconName = keyof typeof paths;

/** An icon; hidden from screen readers unless it is the only carrier of a meaning, then it needs a `label`. */
export function Icon({ name, label }: { readonly name: IconName; readonly label?: string }) {
  return (
    <svg
      className="icon"
      data-icon={name}
      viewBox="0 0 48 48"
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path d={paths[name]} />
    </svg>
  );
}
