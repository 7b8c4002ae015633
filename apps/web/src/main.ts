import '@fontsource-variable/atkinson-hyperlegible-next/index.css';
import '@fontsource-variable/bricolage-grotesque/index.css';
import './theme/kit.css';
import './theme/tokens.css';
import './theme/base.css';
import './shell/frame.css';
import './parts/page.css';
import './shell/first-paint.css';
import { askFirst } from './gql/first-questions.js';
import { paintFirst, paintMissing } from './shell/first-paint.js';
import { placeAt } from './shell/places.js';

// The first script is small, so that three things are under way together: who is signed in, the script of the page that was asked
// for, and the frame round it, which is by far the largest (the page of the build names it as well: it comes beside this one).
askFirst();
const place = placeAt(location.pathname);
paintFirst(place);
place
  ?.page()
  // The router asks for it again, and tells the person what went wrong.
  .catch(() => undefined);
import('./shell/start.js').then(({ start }) => start()).catch(paintMissing);
