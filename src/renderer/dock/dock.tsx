import { useEffect, useState } from 'react';
import type { DockDevice } from '../../contract/dock.ts';
import { Button } from '../ui/button.tsx';
import { DevicePanel } from './device-panel.tsx';
import { hall } from './hall.ts';
import { useWords, WordsProvider } from './words.tsx';

/** The simulator dock: for each simulated device of the hall, what can happen to it. */
export function Dock() {
  return (
    <WordsProvider>
      <DockPage />
    </WordsProvider>
  );
}

function DockPage() {
  const { text, switchLanguage } = useWords();
  const [devices, setDevices] = useState<readonly DockDevice[]>();
  useEffect(() => {
    void hall.devices().then(setDevices);
  }, []);
  return (
    <div className="dock" data-dock={devices && 'ready'}>
      <header className="dock-head">
        <h1>{text('dock.title')}</h1>
        <Button kind="quiet" label={text('dock.switchLanguage')} name="language" onPress={switchLanguage}>
          {text('dock.otherLanguage')}
        </Button>
        <p className="dock-lead">{text(devices?.length === 0 ? 'dock.none' : 'dock.lead')}</p>
      </header>
      <main className="dock-devices">
        {devices?.map((device) => (
          <DevicePanel key={device.id} device={device} />
        ))}
      </main>
    </div>
  );
}
