import type { ApplicationView, MaterialView } from '../../../contract/application-view.ts';
import { useText } from '../../i18n/locale.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Page } from '../../ui/page.tsx';
import type { PageProps } from '../../ui/page.tsx';
import { hasDevice } from '../has-device.ts';
import { useVisit } from '../visit-context.tsx';
import { MaterialReason } from './material-reason.tsx';

interface MaterialsPageProps {
  readonly view: ApplicationView;
  readonly step: PageProps['step'];
  readonly onBack: () => void;
  readonly onNext: () => void;
}

const icons: Readonly<Record<MaterialView['source'], IconName>> = { card: 'card', form: 'forms', scan: 'camera' };

/** The materials that apply to the answers so far, how each is given, and on asking why. */
export function MaterialsPage({ view, step, onBack, onNext }: MaterialsPageProps) {
  const text = useText();
  const { status } = useVisit();
  const ways = hasDevice(status, 'document-scanner') ? 'scanner' : 'camera';
  const scans = view.materials.filter(({ source }) => source === 'scan').length;
  return (
    <Page
      name="materials"
      title={text('apply.materials.title')}
      lead={text('apply.materials.lead', { count: view.materials.length, scans, ways })}
      step={step}
      back={{ label: text('page.back'), onPress: onBack }}
      next={{ label: text('page.continue'), onPress: onNext }}
    >
      <ol className="materials">
        {view.materials.map((material) => (
          <li
            className="material"
            key={material.id}
            data-material={material.id}
            data-source={material.source}
            data-complete={material.complete}
          >
            <span className="material-icon">
              <Icon name={icons[material.source]} />
            </span>
            <div className="material-words">
              <p className="material-name">{material.name}</p>
              <p className="material-how">
                {material.source === 'scan' && material.pages > 0
                  ? text('apply.materials.scanned', { pages: material.pages })
                  : text(`apply.materials.${material.source}`, { ways })}
              </p>
              <Disclosure label={text('apply.materials.why')} name={`why-${material.id}`}>
                <MaterialReason material={material} />
              </Disclosure>
            </div>
          </li>
        ))}
      </ol>
    </Page>
  );
}
