import type { HandedIn } from '../../contract/visit-view.ts';

/** What the visit gives the pages of an application (`apply/`), and what it wants back. */
export interface ApplicationPageProps {
  /** The chosen item; the pages begin the application in core themselves. */
  readonly code: string;
  /** Back from the first page: to the item list. */
  readonly onLeave: () => void;
  readonly onHandedIn: (handedIn: HandedIn) => void;
}
