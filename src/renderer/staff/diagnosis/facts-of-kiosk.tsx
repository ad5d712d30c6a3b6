import type { ReactNode } from 'react';
import type { KioskFacts } from '../../../contract/diagnosis.ts';
import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { useStaffText } from '../texts.ts';

interface FactsOfKioskProps {
  readonly facts: KioskFacts;
  readonly onTry: (device: KioskFacts['devices'][number]) => void;
}

export function FactsOfKiosk({ facts: { devices, versions, ports, items }, onTry }: FactsOfKioskProps) {
  const text = useStaffText();
  const words = useText();
  return (
    <div className="diagnosis">
      <Section icon="wrench" title={text('staffArea.diagnosis.devices')}>
        <FactList
          facts={devices.map((device) => ({
            label: words(`staff.class.${device.class}`),
            value: `${device.id}: ${device.driver} ${device.profile}`,
            note: device.link,
            name: `device-${device.id}`,
            action: (
              <Button
                name={`try-${device.id}`}
                label={text('staffArea.diagnosis.tryNamed', { device: words(`staff.class.${device.class}`) })}
                onPress={() => onTry(device)}
              >
                {text('staffArea.diagnosis.try')}
              </Button>
            ),
          }))}
        />
      </Section>
      <Section icon="info" title={text('staffArea.diagnosis.versions')}>
        <FactList
          facts={versions.map(({ name, version }) => ({
            label: isKnown(name) ? text(`staffArea.diagnosis.version.${name}`) : name,
            value: <code>{version}</code>,
            name: `version-${name}`,
          }))}
        />
      </Section>
      <Section icon="flow" title={text('staffArea.diagnosis.ports')}>
        {ports.length === 0 ? (
          <p>{text('staffArea.diagnosis.noPorts')}</p>
        ) : (
          <FactList
            facts={ports.map(({ kind, path, vendorId, productId, serialNumber }) => ({
              label: text('staffArea.diagnosis.port', { kind, path }),
              value: <code>{`${vendorId}:${productId}`}</code>,
              ...(serialNumber !== undefined && { note: serialNumber }),
            }))}
          />
        )}
      </Section>
      <Section icon="list" title={text('staffArea.diagnosis.items')}>
        <FactList
          facts={items.map(({ code, name, version }) => ({
            label: text('staffArea.diagnosis.item', { name, version }),
            value: <code>{code}</code>,
          }))}
        />
      </Section>
    </div>
  );
}

function Section({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <section className="diagnosis-section">
      <h2>
        <Icon name={icon} />
        {title}
      </h2>
      {children}
    </section>
  );
}

const known = ['kiosk', 'electron', 'chrome', 'node'] as const;
function isKnown(name: string): name is (typeof known)[number] {
  return known.some((one) => one === name);
}
