import type { HallView } from './visit-view.ts';

/** How the shell hands the hall to a page that is about to start: the page has it before any line to core is there. */
const PREFIX = '--kiosk-hall=';

export function hallArgument(hall: HallView): string {
  return PREFIX + encodeURIComponent(JSON.stringify(hall));
}

/** The hall among a page's arguments; both ends are the same build, so only its presence is in question. */
export function hallFromArguments(argv: readonly string[]): HallView | undefined {
  const found = argv.find((argument) => argument.startsWith(PREFIX));
  return found && JSON.parse(decodeURIComponent(found.slice(PREFIX.length)));
}
