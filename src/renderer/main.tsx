import { createRoot } from 'react-dom/client';
import { kiosk } from './bridge/kiosk.ts';
import { App } from './citizen/app.tsx';
import { declareOtherFonts } from './ui/other-fonts.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

// The page before stands until this one is drawn. So all fonts can be there first: to lay the text out again for them, as the
// very first page does, would hold up the first press.
const follows = new URLSearchParams(location.search).has('follows');
if (follows) await declareOtherFonts();

createRoot(root).render(
  <App
    onDrawn={() => {
      kiosk.shell.drawn();
      if (!follows) void declareOtherFonts();
    }}
  />,
);
