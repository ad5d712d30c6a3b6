import { assertNever } from '../../domain/result.ts';
import { ApplyFlow } from './apply/apply-flow.tsx';
import { CardPage } from './card/card-page.tsx';
import { ConsentPage } from './consent/consent-page.tsx';
import { WindowPage } from './consent/window-page.tsx';
import { EndPage } from './end/end-page.tsx';
import { InterruptedPage } from './end/interrupted-page.tsx';
import { GuidePage } from './guide/guide-page.tsx';
import { HandedInPage } from './handed-in/handed-in-page.tsx';
import { HomePage } from './home/home-page.tsx';
import { ItemsPage } from './items/items-page.tsx';
import { ProgressPage } from './progress/progress-page.tsx';
import { RatingPage } from './rating/rating-page.tsx';
import { StaffEntrance } from './seldom-pages.tsx';
import { useVisit } from './visit-context.tsx';

/** The page of the place where the person is. */
export function CitizenPage() {
  const { place, send } = useVisit();
  switch (place.at) {
    case 'home':
      return <HomePage />;
    case 'staff':
      return <StaffEntrance />;
    case 'guides':
      return <ItemsPage purpose="guide" />;
    case 'guide':
      return <GuidePage code={place.code} />;
    case 'progress':
      return <ProgressPage />;
    case 'consent':
      return <ConsentPage />;
    case 'window':
      return <WindowPage why={place.why} />;
    case 'card':
      return <CardPage />;
    case 'items':
      return <ItemsPage purpose="apply" person={place.person} />;
    case 'apply':
      return (
        <ApplyFlow
          code={place.code}
          onLeave={() => send({ kind: 'leave-item' })}
          onHandedIn={(handedIn) => send({ kind: 'handed-in', handedIn })}
        />
      );
    case 'handed-in':
      return <HandedInPage handedIn={place.handedIn} />;
    case 'rating':
      return <RatingPage />;
    case 'end':
      return <EndPage thanks={place.thanks} />;
    case 'interrupted':
      return <InterruptedPage />;
    default:
      return assertNever(place);
  }
}
