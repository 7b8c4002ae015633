import { readAppearance, showContrast } from '../theme/appearance.js';
import type { Place } from './places.js';
import { places as word } from './words.js';

/**
 * What a person sees while the frame is on its way: in the page of the build a header and room for the rest, here the name of the place
 * and what it is for. The place's own page takes it away (parts/page.tsx). Screen readers hear that page alone.
 */
export function paintFirst(place: Place | undefined): void {
  const appearance = readAppearance();
  showContrast(appearance);
  const dark = appearance.scheme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : appearance.scheme === 'dark';
  // As the component kit will put it; a dark page is dark from its first moment.
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  // The name of one learner, round or vacancy is known later.
  if (place === undefined || place.path.includes('$')) return;
  document.querySelector('.first__frame')?.classList.toggle('frame--open', place.roles.length === 0);
  say('first__title', place.title);
  say('first__lead', place.lead ?? '');
}

/** The frame did not come. */
export function paintMissing(): void {
  const first = document.getElementById('first');
  first?.removeAttribute('aria-hidden');
  first?.setAttribute('role', 'alert');
  say('first__title', word('missing'));
  say('first__lead', word('missingWhat'));
}

function say(part: string, text: string): void {
  for (const place of document.getElementsByClassName(part)) place.textContent = text;
}
