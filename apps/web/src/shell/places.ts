import type { FunctionComponent } from 'react';
import type { Role } from '../gql/session.js';
import { lead } from '../words/leads.js';
import { places as word } from './words.js';

/**
 * Every place of the console: address, who may go there, what it is called, where it stands in the menu, and its page, loaded
 * when somebody goes there. The router, the menu, the command menu and the accessibility test all read this one table.
 */
export type Place = Readonly<{
  path: string;
  /** Empty: anybody, signed in or not. */
  roles: readonly Role[];
  title: string;
  /** What stands below its heading; absent where that depends on what is shown. */
  lead?: string;
  /** Position in the console's menu; absent = reached from another page. */
  menu?: number;
  /** Letter after G. */
  key?: string;
  page: () => Promise<{ Page: FunctionComponent }>;
}>;

const learner: readonly Role[] = ['LEARNER'];
const employer: readonly Role[] = ['EMPLOYER'];
const college: readonly Role[] = ['PROVIDER_STAFF'];
const operator: readonly Role[] = ['OPERATOR'];
const region: readonly Role[] = ['REGION'];
const staff: readonly Role[] = ['EMPLOYER', 'PROVIDER_STAFF', 'REGION', 'OPERATOR'];
const everybody: readonly Role[] = ['LEARNER', 'EMPLOYER', 'PROVIDER_STAFF', 'REGION', 'OPERATOR'];

export const PLACES: readonly Place[] = [
  { path: '/', roles: [], title: word('start'), lead: lead('start'), page: () => import('../consoles/open/start-page.js') },
  { path: '/sign-in', roles: [], title: word('signIn'), page: () => import('./sign-in-page.js') },
  { path: '/forgot', roles: [], title: word('forgot'), lead: lead('forgot'), page: () => import('../consoles/open/forgot-page.js') },
  { path: '/reset/$token', roles: [], title: word('reset'), lead: lead('reset'), page: () => import('../consoles/open/reset-page.js') },
  { path: '/accept/$token', roles: [], title: word('accept'), page: () => import('../consoles/open/accept-page.js') },
  { path: '/account', roles: everybody, title: word('account'), lead: lead('account'), page: () => import('../consoles/open/account-page.js') },
  { path: '/team', roles: staff, title: word('team'), lead: lead('team'), menu: 9, key: 'w', page: () => import('../consoles/open/team-page.js') },
  { path: '/how-matching-works', roles: [], title: word('how'), lead: lead('how'), page: () => import('../consoles/open/how-matching-works-page.js') },
  { path: '/accessibility', roles: [], title: word('accessibility'), lead: lead('accessibility'), page: () => import('../consoles/open/accessibility-page.js') },
  { path: '/privacy', roles: [], title: word('privacy'), lead: lead('privacy'), page: () => import('../consoles/open/privacy-page.js') },
  { path: '/help', roles: [], title: word('help'), lead: lead('help'), page: () => import('../consoles/open/help-page.js') },

  { path: '/me', roles: learner, title: word('today'), lead: lead('today'), menu: 1, key: 't', page: () => import('../consoles/learner/today-page.js') },
  { path: '/matches', roles: learner, title: word('matches'), lead: lead('matches'), menu: 2, key: 'm', page: () => import('../consoles/learner/matches-page.js') },
  { path: '/matches/$id', roles: learner, title: word('match'), page: () => import('../consoles/learner/match-page.js') },
  { path: '/rankings', roles: learner, title: word('rankings'), lead: lead('rankings'), menu: 3, key: 'r', page: () => import('../consoles/learner/rankings-page.js') },
  { path: '/offers', roles: learner, title: word('offers'), lead: lead('offers'), menu: 4, key: 'o', page: () => import('../consoles/learner/offers-page.js') },
  { path: '/me/skills', roles: learner, title: word('skills'), lead: lead('skills'), menu: 5, key: 's', page: () => import('../consoles/learner/skills-page.js') },
  { path: '/me/travel', roles: learner, title: word('travel'), lead: lead('travel'), menu: 6, key: 'j', page: () => import('../consoles/learner/travel-page.js') },
  { path: '/me/profile', roles: learner, title: word('profile'), lead: lead('profile'), menu: 7, key: 'p', page: () => import('../consoles/learner/profile-page.js') },
  { path: '/me/data', roles: learner, title: word('data'), lead: lead('data'), menu: 8, key: 'd', page: () => import('../consoles/learner/your-data-page.js') },

  { path: '/hire', roles: employer, title: word('hire'), lead: lead('hire'), menu: 1, key: 'v', page: () => import('../consoles/employer/vacancies-page.js') },
  { path: '/hire/new', roles: employer, title: word('post'), lead: lead('post'), menu: 2, key: 'n', page: () => import('../consoles/employer/post-vacancy-page.js') },
  { path: '/hire/candidates', roles: employer, title: word('candidates'), lead: lead('candidates'), menu: 3, key: 'c', page: () => import('../consoles/employer/candidates-page.js') },
  { path: '/hire/import', roles: employer, title: word('importVacancies'), lead: lead('importVacancies'), menu: 4, key: 'i', page: () => import('../consoles/employer/import-page.js') },
  { path: '/hire/$id', roles: employer, title: word('vacancy'), page: () => import('../consoles/employer/vacancy-page.js') },

  { path: '/cohorts', roles: college, title: word('cohort'), lead: lead('cohort'), menu: 1, key: 'b', page: () => import('../consoles/college/board-page.js') },
  { path: '/cohorts/unplaced', roles: college, title: word('unplaced'), lead: lead('unplaced'), menu: 2, key: 'u', page: () => import('../consoles/college/unplaced-page.js') },
  { path: '/cohorts/map', roles: college, title: word('map'), lead: lead('map'), menu: 3, key: 'm', page: () => import('../consoles/college/map-page.js') },
  { path: '/cohorts/import', roles: college, title: word('importLearners'), lead: lead('importLearners'), menu: 4, key: 'i', page: () => import('../consoles/college/import-page.js') },
  { path: '/cohorts/questions', roles: college, title: word('questions'), lead: lead('questions'), menu: 5, key: 'q', page: () => import('../consoles/college/questions-page.js') },
  { path: '/learners/$id', roles: college, title: word('learner'), page: () => import('../consoles/college/learner-page.js') },

  { path: '/rounds', roles: operator, title: word('rounds'), lead: lead('rounds'), menu: 1, key: 'r', page: () => import('../consoles/operator/rounds-page.js') },
  { path: '/rounds/$id', roles: operator, title: word('round'), page: () => import('../consoles/operator/round-page.js') },
  { path: '/scoring', roles: operator, title: word('scoring'), lead: lead('scoring'), menu: 2, key: 's', page: () => import('../consoles/operator/scoring-page.js') },
  { path: '/scoring/editions', roles: operator, title: word('editions'), lead: lead('editions'), menu: 6, key: 'n', page: () => import('../consoles/operator/editions-page.js') },
  { path: '/organisations/import', roles: operator, title: word('importOrganisations'), lead: lead('importOrganisations'), menu: 5, key: 'i', page: () => import('../consoles/operator/import-page.js') },
  { path: '/audit', roles: operator, title: word('audit'), lead: lead('audit'), menu: 4, key: 'a', page: () => import('../consoles/operator/audit-page.js') },
  { path: '/demand', roles: [...operator, ...region], title: word('demand'), lead: lead('demand'), menu: 3, key: 'd', page: () => import('../consoles/region/demand-page.js') },
  { path: '/region', roles: region, title: word('region'), lead: lead('region'), menu: 1, key: 'o', page: () => import('../consoles/region/region-page.js') },
];

/** Shown only while developing, and in the build that is photographed. */
export const KITCHEN_SINK: Place = { path: '/kitchen-sink', roles: [], title: word('kitchenSink'), page: () => import('../consoles/open/kitchen-sink-page.js') };

export const menuOf = (role: Role): readonly Place[] => PLACES.filter((place) => place.menu !== undefined && place.roles.includes(role)).sort((a, b) => (a.menu ?? 0) - (b.menu ?? 0));

/** The place at an address; a name of its own goes before a blank (`/hire/new` before `/hire/$id`). */
export function placeAt(path: string): Place | undefined {
  const asked = path.split('/');
  const fits = (own: readonly string[]): boolean => own.length === asked.length && own.every((part, index) => part.startsWith('$') || part === asked[index]);
  return PLACES.find((place) => place.path === path) ?? PLACES.find((place) => fits(place.path.split('/')));
}
