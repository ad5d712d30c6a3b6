import type { ScanSource } from '../../../domain/document-scan.ts';
import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { PageAction } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { useKeepAwake } from '../visit-context.tsx';
import { MaterialReason } from './material-reason.tsx';
import type { WayProps } from './scan-page.tsx';
import { ScannedPages } from './scanned-pages.tsx';
import { useScan } from './use-scan.ts';
import { useScanner } from './use-scanner.ts';
import type { Thumbnails } from './use-thumbnails.ts';

/** The feeder first: it takes all pages at once, and nobody has to lift a lid. */
const order: readonly ScanSource[] = ['feeder', 'platen'];

/** Pages come from the document scanner: the person lays the paper in, and sees small pictures of what came. */
export function ScannerPage({
  material,
  problem,
  step,
  thumbnails,
  onBack,
  onViewed,
  onWay,
}: WayProps & { readonly thumbnails: Thumbnails }) {
  const text = useText();
  const scanner = useScanner();
  const { state, start, stop } = useScan(material.id, {
    onPage: ({ application, preview }) => {
      onViewed(application);
      thumbnails.add(preview);
    },
    onFinished: () => onWay('kept'),
  });
  useKeepAwake(state.kind === 'scanning');
  const scanning = state.kind === 'scanning';
  const sources = scanner?.usable ? order.filter((source) => scanner.sources.includes(source)) : [];
  const halt = () => {
    stop();
    if (material.pages > 0) onWay('kept');
  };
  return (
    <Page
      name="scan"
      title={text('apply.scanner.title', { name: material.name })}
      lead={text(
        scanning
          ? 'apply.scanner.scanningLead'
          : sources[0] === 'platen'
            ? 'apply.scanner.platenLead'
            : 'apply.scanner.lead',
      )}
      aside={
        scanning ? undefined : (
          <Disclosure label={text('apply.materials.why')} name="why">
            <MaterialReason material={material} />
          </Disclosure>
        )
      }
      step={step}
      back={{ label: text('page.back'), onPress: onBack }}
      other={scanning ? undefined : wayOut()}
      dock={
        <div className="scan-buttons" data-mode={scanning ? 'scanning' : 'scanner'}>
          {scanning ? (
            <Button size="large" icon="cross" fill name="stop-scan" onPress={halt}>
              {text('apply.scanner.stop')}
            </Button>
          ) : (
            sources.map((source, index) => (
              <Button
                key={source}
                kind={index === 0 ? 'primary' : 'secondary'}
                size="large"
                icon={source === 'feeder' ? 'forms' : 'scan'}
                fill
                name={`scan-${source}`}
                onPress={() => start(source)}
              >
                {text(`apply.scanner.${source}`)}
              </Button>
            ))
          )}
        </div>
      }
    >
      <div
        className="scan"
        data-material={material.id}
        data-pages={material.pages}
        data-mode={scanning ? 'scanning' : 'scanner'}
      >
        {problem && <Notice kind="error" name="scan-problem" title={text(problem)} />}
        {state.kind === 'failed' && (
          <Notice kind="error" name={`scan-${state.reason}`} title={text(`apply.scanner.failed.${state.reason}`)}>
            {text(material.pages > 0 ? 'apply.scanner.keptSoFar' : 'apply.scanner.againOrCamera', {
              pages: material.pages,
            })}
          </Notice>
        )}
        {!scanning && scanner && !scanner.usable && state.kind !== 'failed' && (
          <Notice kind="warn" name={`scanner-${scanner.reason}`} title={text(`apply.scanner.failed.${scanner.reason}`)}>
            {text('apply.scanner.useCamera')}
          </Notice>
        )}
        {!scanner && <Working text={text('apply.scanner.connecting')} />}
        {scanning && <Working text={text('apply.scanner.scanning', { pages: thumbnails.list.length })} />}
        {!scanning && sources.length > 0 && thumbnails.list.length === 0 && (
          <ol className="numbered scan-hints">
            <li>{text(sources[0] === 'feeder' ? 'apply.scanner.hint.feeder' : 'apply.scanner.hint.platen')}</li>
            <li>{text('apply.scanner.hint.clips', { glass: sources.includes('platen') ? 'yes' : 'no' })}</li>
            <li>{text('apply.scanner.hint.press')}</li>
          </ol>
        )}
        <ScannedPages thumbnails={thumbnails.list} />
      </div>
    </Page>
  );

  function wayOut(): PageAction {
    return material.pages > 0
      ? { label: text('apply.scanner.enough'), onPress: () => onWay('kept') }
      : { label: text('apply.scanner.toCamera'), icon: 'camera', onPress: () => onWay('camera') };
  }
}
