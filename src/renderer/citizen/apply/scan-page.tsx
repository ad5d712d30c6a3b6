import { useState } from 'react';
import type { ApplicationView, MaterialView } from '../../../contract/application-view.ts';
import type { PageKey } from '../../i18n/catalogues.ts';
import type { PageProps } from '../../ui/page.tsx';
import { hasDevice } from '../has-device.ts';
import { useVisit } from '../visit-context.tsx';
import { CameraPage } from './camera-page.tsx';
import { KeptPage } from './kept-page.tsx';
import { ScannerPage } from './scanner-page.tsx';
import { useThumbnails } from './use-thumbnails.ts';

interface ScanPageProps {
  readonly material: MaterialView;
  readonly step: PageProps['step'];
  readonly onBack: () => void;
  readonly onViewed: (view: ApplicationView) => void;
  readonly onNext: () => void;
}

/** `kept`: at least one page is stored; else how the next one comes. */
export type Way = 'kept' | 'camera' | 'scanner';

/** What the pages of one material on paper have in common. */
export interface WayProps extends ScanPageProps {
  /** This hall has a document scanner, and it works. */
  readonly scanner: boolean;
  /** What went wrong on the page before. */
  readonly problem: PageKey | undefined;
  readonly onWay: (way: Way, problem?: PageKey) => void;
}

/** One material that is on paper: its pages come from the document scanner or are photographed, and are kept one by one. */
export function ScanPage(props: ScanPageProps) {
  const { status } = useVisit();
  const scanner = hasDevice(status, 'document-scanner');
  const [way, setWay] = useState<Way>(() => (props.material.pages > 0 ? 'kept' : scanner ? 'scanner' : 'camera'));
  const [problem, setProblem] = useState<PageKey>();
  const thumbnails = useThumbnails();
  const common: WayProps = {
    ...props,
    scanner,
    problem,
    onWay: (next, why) => {
      setProblem(why);
      setWay(next);
    },
  };
  switch (way) {
    case 'kept':
      return <KeptPage {...common} thumbnails={thumbnails} />;
    case 'camera':
      return <CameraPage {...common} />;
    case 'scanner':
      return <ScannerPage {...common} thumbnails={thumbnails} />;
  }
}
