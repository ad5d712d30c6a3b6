// First, since it has to run before the first schema is made: the content policy lets no parser be compiled.
import '../../contract/lean-start.ts';
import { createRoot } from 'react-dom/client';
import { Dock } from './dock.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<Dock />);
