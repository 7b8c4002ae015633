import { Link } from '@tanstack/react-router';
import { Suspense, type ComponentType } from 'react';
import { GoTo } from '../parts/go-to.js';
import { Page } from '../parts/page.js';
import { useSession } from '../parts/session.js';
import { EmptyState } from '../ui/empty-state.js';
import { Skeleton } from '../ui/skeleton.js';
import { t } from '../words/core.js';
import { homeOf } from '../parts/home.js';
import type { Place } from './places.js';

/** Shows a place to those it is for; sends the signed out to sign in and back, and tells others whose page it is. */
export function Guarded({ place, page: Shown }: Readonly<{ place: Place; page: ComponentType }>) {
  const { viewer } = useSession();
  if (place.roles.length > 0 && viewer === null) return <GoTo to="/sign-in" comeBack />;
  if (place.roles.length > 0 && viewer !== null && !place.roles.includes(viewer.role)) {
    return (
      <Page title={place.title}>
        <EmptyState
          title={t('error.forbidden', { roles: place.roles.map((role) => t(`roles.${role}`)).join(', ') })}
          why={t('error.forbiddenWhat', { role: t(`roles.${viewer.role}`) })}
          act={<Link to={homeOf(viewer.role)}>{t('error.home')}</Link>}
        />
      </Page>
    );
  }
  return (
    <Suspense fallback={<Skeleton what={place.title} lines={6} />}>
      <Shown />
    </Suspense>
  );
}

export function NotFound() {
  const { viewer } = useSession();
  return (
    <Page title={t('error.notFound')}>
      <EmptyState title={t('error.notFound')} why={t('error.notFoundWhat')} act={<Link to={viewer === null ? '/' : homeOf(viewer.role)}>{t('error.home')}</Link>} />
    </Page>
  );
}
