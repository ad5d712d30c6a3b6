import { useCallback, useEffect, useRef, useState } from 'react';
import type { ApplicationView, MaterialView } from '../../../contract/application-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import type { PageKey } from '../../i18n/catalogues.ts';
import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { PageProps } from '../../ui/page.tsx';
import { afterPaint } from '../../ui/after-paint.ts';
import { Working } from '../../ui/working.tsx';
import { useKeepAwake, useVisit } from '../visit-context.tsx';
import { MaterialReason } from './material-reason.tsx';
import { dropPicture, holdPicture, pictureAsJpeg } from './camera.ts';
import { useCamera } from './use-camera.ts';

interface ScanPageProps {
  readonly material: MaterialView;
  readonly step: PageProps['step'];
  readonly onBack: () => void;
  readonly onViewed: (view: ApplicationView) => void;
  readonly onNext: () => void;
}

/** `kept`: at least one page is stored. `live`: the camera shows. `still`: a picture waits for use or retake. */
type Mode = 'kept' | 'live' | 'still' | 'saving';

/** One material that is on paper: pages are photographed one by one, each looked at before it is kept. */
export function ScanPage({ material, step, onBack, onViewed, onNext }: ScanPageProps) {
  const text = useText();
  const { fail, end } = useVisit();
  const [mode, setMode] = useState<Mode>(material.pages > 0 ? 'kept' : 'live');
  const [problem, setProblem] = useState<PageKey>();
  const [playing, setPlaying] = useState(false);
  const { camera, retry } = useCamera(mode === 'live');
  const video = useRef<HTMLVideoElement>(null);
  const videoRef = useCallback((element: HTMLVideoElement) => {
    video.current = element;
    return () => {
      dropPicture(element);
      video.current = null;
    };
  }, []);
  useKeepAwake(mode === 'saving');

  useEffect(() => {
    const element = video.current;
    if (!element || camera.kind !== 'on') return undefined;
    element.srcObject = camera.stream;
    return () => setPlaying(false);
  }, [camera]);
  const shows = mode === 'still' || mode === 'saving' || camera.kind === 'on';
  useEffect(() => {
    if (!shows && video.current) dropPicture(video.current);
  }, [shows]);

  const shoot = () => {
    if (!video.current) return;
    holdPicture(video.current);
    setProblem(undefined);
    setMode('still');
  };
  const keep = async () => {
    setMode('saving');
    await afterPaint();
    const image = video.current ? await pictureAsJpeg(video.current) : undefined;
    if (image === undefined) {
      setProblem('apply.scan.notStored');
      return setMode('live');
    }
    const result = await kiosk.application.addPage({ material: material.id, image });
    if (result.ok) {
      onViewed(result.value);
      return setMode('kept');
    }
    const known = problems[result.error.code];
    if (known === undefined) return fail(result.error);
    setProblem(known);
    return setMode(result.error.code === 'TOO_MANY_PAGES' || material.pages > 0 ? 'kept' : 'live');
  };
  const startOver = async () => {
    const result = await kiosk.application.removePages({ material: material.id });
    if (!result.ok) return fail(result.error);
    onViewed(result.value);
    return setMode('live');
  };

  const broken = mode === 'live' && camera.kind === 'failed';
  return (
    <Page
      name="scan"
      title={text(mode === 'kept' ? 'apply.scan.keptTitle' : 'apply.scan.title', { name: material.name })}
      lead={broken ? undefined : text(leads[mode])}
      aside={
        mode === 'live' || mode === 'kept' ? (
          <Disclosure label={text('apply.materials.why')} name="why">
            <MaterialReason material={material} />
          </Disclosure>
        ) : undefined
      }
      step={step}
      back={{ label: text('page.back'), onPress: onBack }}
      other={
        mode === 'live' && material.pages > 0
          ? { label: text('apply.scan.enough'), onPress: () => setMode('kept') }
          : undefined
      }
      next={mode === 'kept' ? { label: text('page.continue'), onPress: onNext } : undefined}
      dock={
        <div className="scan-buttons" data-mode={mode}>
          {mode === 'live' && !broken && (
            <Button kind="primary" size="large" icon="camera" fill name="shutter" isDisabled={!playing} onPress={shoot}>
              {text('apply.scan.shutter')}
            </Button>
          )}
          {broken && (
            <>
              <Button size="large" icon="exit" fill name="leave" onPress={() => end('left')}>
                {text('apply.scan.leave')}
              </Button>
              <Button kind="primary" size="large" icon="refresh" fill name="retry-camera" onPress={retry}>
                {text('apply.scan.retry')}
              </Button>
            </>
          )}
          {mode === 'still' && (
            <>
              <Button size="large" icon="refresh" fill name="retake" onPress={() => setMode('live')}>
                {text('apply.scan.retake')}
              </Button>
              <Button kind="primary" size="large" icon="check" fill name="use-still" onPress={() => void keep()}>
                {text('apply.scan.use')}
              </Button>
            </>
          )}
          {mode === 'kept' && (
            <>
              <Button size="large" icon="refresh" fill name="start-over" onPress={() => void startOver()}>
                {text('apply.scan.startOver')}
              </Button>
              <Button size="large" icon="plus" fill name="one-more" onPress={() => setMode('live')}>
                {text('apply.scan.oneMore')}
              </Button>
            </>
          )}
        </div>
      }
    >
      <div className="scan" data-material={material.id} data-pages={material.pages} data-mode={mode}>
        {problem && <Notice kind="error" name="scan-problem" title={text(problem)} />}
        {broken && (
          <Notice kind="warn" name="camera-failed" title={text('apply.scan.broken')}>
            {text('apply.scan.brokenText')}
          </Notice>
        )}
        {mode === 'kept' && (
          <div className="scan-kept">
            <span className="scan-kept-mark">
              <Icon name="check" />
            </span>
            <p className="scan-kept-text">{text('apply.scan.kept', { pages: material.pages })}</p>
          </div>
        )}
        <div className="scan-view" hidden={mode === 'kept' || broken}>
          <video
            ref={videoRef}
            muted
            autoPlay
            playsInline
            aria-label={text(mode === 'live' ? 'apply.scan.view' : 'apply.scan.still')}
            onPlaying={() => setPlaying(true)}
          />
          {mode === 'live' && !playing && <Working text={text('apply.scan.starting')} />}
          {mode === 'live' && playing && <span className="scan-frame" aria-hidden="true" />}
          {mode === 'saving' && <Working text={text('apply.scan.saving')} />}
        </div>
      </div>
    </Page>
  );
}

const leads = {
  kept: 'apply.scan.keptLead',
  live: 'apply.scan.liveLead',
  still: 'apply.scan.stillLead',
  saving: 'apply.scan.stillLead',
} as const;

/** What the person can do something about; the rest ends the visit. */
const problems: Readonly<Partial<Record<string, PageKey>>> = {
  TOO_MANY_PAGES: 'apply.scan.tooMany',
  STORE_FAILED: 'apply.scan.notStored',
  NOT_A_JPEG: 'apply.scan.notStored',
};
