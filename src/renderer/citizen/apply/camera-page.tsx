import { useCallback, useEffect, useRef, useState } from 'react';
import { kiosk } from '../../bridge/kiosk.ts';
import type { PageKey } from '../../i18n/catalogues.ts';
import { useText } from '../../i18n/locale.tsx';
import { afterPaint } from '../../ui/after-paint.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { PageAction } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { useKeepAwake, useVisit } from '../visit-context.tsx';
import { dropPicture, holdPicture, pictureAsJpeg } from './camera.ts';
import { MaterialReason } from './material-reason.tsx';
import type { WayProps } from './scan-page.tsx';
import { useCamera } from './use-camera.ts';

/** `live`: the camera shows. `still`: a picture waits for use or retake. */
type Mode = 'live' | 'still' | 'saving';

/** Pages are photographed one by one, each looked at before it is kept. */
export function CameraPage({ material, scanner, problem, step, onBack, onViewed, onWay }: WayProps) {
  const text = useText();
  const { fail, end, status } = useVisit();
  const [mode, setMode] = useState<Mode>('live');
  const [playing, setPlaying] = useState(false);
  const { camera, retry } = useCamera(mode === 'live', status?.camera);
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

  const live = (why?: PageKey) => {
    onWay('camera', why);
    setMode('live');
  };
  const shoot = async () => {
    if (!video.current) return;
    holdPicture(video.current);
    await afterPaint();
    onWay('camera');
    setMode('still');
  };
  const keep = async () => {
    setMode('saving');
    await afterPaint();
    const image = video.current ? await pictureAsJpeg(video.current) : undefined;
    if (image === undefined) return live('apply.scan.notStored');
    const result = await kiosk.application.addPage({ material: material.id, image });
    if (result.ok) {
      onViewed(result.value);
      return onWay('kept');
    }
    const known = problems[result.error.code];
    if (known === undefined) return fail(result.error);
    return result.error.code === 'TOO_MANY_PAGES' || material.pages > 0 ? onWay('kept', known) : live(known);
  };

  const broken = mode === 'live' && camera.kind === 'failed';
  return (
    <Page
      name="scan"
      title={text('apply.scan.title', { name: material.name })}
      lead={broken ? undefined : text(mode === 'live' ? 'apply.scan.liveLead' : 'apply.scan.stillLead')}
      aside={
        mode === 'live' ? (
          <Disclosure label={text('apply.materials.why')} name="why">
            <MaterialReason material={material} />
          </Disclosure>
        ) : undefined
      }
      step={step}
      back={{ label: text('page.back'), onPress: onBack }}
      other={mode === 'live' ? wayOut() : undefined}
      dock={
        <div className="scan-buttons" data-mode={mode}>
          {mode === 'live' && !broken && (
            <Button
              kind="primary"
              size="large"
              icon="camera"
              fill
              name="shutter"
              isDisabled={!playing}
              onPress={() => void shoot()}
            >
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
              <Button size="large" icon="refresh" fill name="retake" onPress={() => live()}>
                {text('apply.scan.retake')}
              </Button>
              <Button kind="primary" size="large" icon="check" fill name="use-still" onPress={() => void keep()}>
                {text('apply.scan.use')}
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
        <div className="scan-view" hidden={broken}>
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

  function wayOut(): PageAction | undefined {
    if (material.pages > 0) return { label: text('apply.scan.enough'), onPress: () => onWay('kept') };
    return scanner ? { label: text('apply.scan.toScanner'), icon: 'scan', onPress: () => onWay('scanner') } : undefined;
  }
}

/** What the person can do something about; the rest ends the visit. */
const problems: Readonly<Partial<Record<string, PageKey>>> = {
  TOO_MANY_PAGES: 'apply.scan.tooMany',
  STORE_FAILED: 'apply.scan.notStored',
  NOT_A_JPEG: 'apply.scan.notStored',
};
