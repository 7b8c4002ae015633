import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type ErrorComponentProps } from '@tanstack/react-router';
import { FaultView } from '../parts/fault-view.js';
import { Page, arrived } from '../parts/page.js';
import { t } from '../words/core.js';
import { Frame } from './frame.js';
import { Guarded, NotFound } from './guard.js';
import { KITCHEN_SINK, PLACES, type Place } from './places.js';

const kitchen = import.meta.env.DEV || import.meta.env.MODE === 'kitchen';

function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <Page title={t('error.title')}>
      <FaultView error={error} retry={reset} />
    </Page>
  );
}

/** The router made from the table of places. */
export function buildRouter() {
  const root = createRootRoute({ component: Frame, notFoundComponent: NotFound, errorComponent: Broken });
  const routeOf = (place: Place) => {
    const Shown = lazyRouteComponent(place.page, 'Page');
    // The router brings the page's script before it shows the place: nobody sees a second sign of loading between two pages.
    const component = Object.assign(() => <Guarded place={place} page={Shown} />, { preload: Shown.preload });
    return createRoute({ getParentRoute: () => root, path: place.path, component, errorComponent: Broken });
  };
  const router = createRouter({ routeTree: root.addChildren([...PLACES, ...(kitchen ? [KITCHEN_SINK] : [])].map(routeOf)), scrollRestoration: true, defaultPreload: false });
  router.subscribe('onBeforeNavigate', ({ pathChanged, fromLocation }) => {
    if (pathChanged && fromLocation !== undefined) arrived.byRoute = true;
  });
  return router;
}
