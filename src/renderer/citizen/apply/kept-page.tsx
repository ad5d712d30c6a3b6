import { kiosk } from '../../bridge/kiosk.ts';
import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useVisit } from '../visit-context.tsx';
import { MaterialReason } from './material-reason.tsx';
import type { WayProps } from './scan-page.tsx';
import { ScannedPages } from './scanned-pages.tsx';
import type { Thumbnails } from './use-thumbnails.ts';

/** The pages of a material that are stored, and the ways to more of them. */
export function KeptPage({
  material,
  scanner,
  problem,
  step,
  thumbnails,
  onBack,
  onNext,
  onViewed,
  onWay,
}: WayProps & { readonly thumbnails: Thumbnails }) {
  const text = useText();
  const { fail } = useVisit();
  const startOver = async () => {
    const result = await kiosk.application.removePages({ material: material.id });
    if (!result.ok) return fail(result.error);
    thumbnails.clear();
    onViewed(result.value);
    return onWay(scanner ? 'scanner' : 'camera');
  };
  return (
    <Page
      name="scan"
      title={text('apply.scan.keptTitle', { name: material.name })}
      lead={text('apply.scan.keptLead')}
      aside={
        <Disclosure label={text('apply.materials.why')} name="why">
          <MaterialReason material={material} />
        </Disclosure>
      }
      step={step}
      back={{ label: text('page.back'), onPress: onBack }}
      next={{ label: text('page.continue'), onPress: onNext }}
      dock={
        <div className="scan-buttons" data-mode="kept">
          <Button size="large" icon="refresh" fill name="start-over" onPress={() => void startOver()}>
            {text('apply.scan.startOver')}
          </Button>
          {scanner && (
            <Button size="large" icon="scan" fill name="scan-more" onPress={() => onWay('scanner')}>
              {text('apply.scan.scanMore')}
            </Button>
          )}
          <Button size="large" icon={scanner ? 'camera' : 'plus'} fill name="one-more" onPress={() => onWay('camera')}>
            {text('apply.scan.oneMore')}
          </Button>
        </div>
      }
    >
      <div className="scan" data-material={material.id} data-pages={material.pages} data-mode="kept">
        {problem && <Notice kind="error" name="scan-problem" title={text(problem)} />}
        <div className="scan-kept" data-beside={thumbnails.list.length > 0 || undefined}>
          <span className="scan-kept-mark">
            <Icon name="check" />
          </span>
          <p className="scan-kept-text">{text('apply.scan.kept', { pages: material.pages })}</p>
        </div>
        <ScannedPages thumbnails={thumbnails.list} />
      </div>
    </Page>
  );
}
