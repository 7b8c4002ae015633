import { createRoot } from 'react-dom/client';
import { App } from './app.js';

/** Draws the console into its page. */
export function start(): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  createRoot(root).render(<App />);
}
