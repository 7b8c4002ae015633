import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { useCallback, useLayoutEffect, useMemo, useState } from 'react';
import type { Weather } from '../gql/client.js';
import { FaultView } from '../parts/fault-view.js';
import { takeOver } from '../parts/page.js';
import { schemeManager } from '../theme/appearance.js';
import { kitVariables, theme } from '../theme/theme.js';
import { Skeleton } from '../ui/skeleton.js';
import { t } from '../words/core.js';
import { buildRouter } from './router.js';
import { SessionKeeper } from './session-keeper.js';
import { WeatherBanner } from './weather-banner.js';

/** Nobody can say who is signed in. */
function Failed({ error, retry }: Readonly<{ error: unknown; retry: () => void }>) {
  useLayoutEffect(takeOver, []);
  return (
    <main className="stack" style={{ padding: 24 }}>
      <h1>{t('brand')}</h1>
      <FaultView error={error} retry={retry} />
    </main>
  );
}

export function App() {
  const [weather, setWeather] = useState<Weather>('fine');
  const router = useMemo(buildRouter, []);
  const signedOut = useCallback(() => {
    // Whatever page it was, nothing of it stays in view.
    void router.navigate({ to: '/sign-in', search: { why: 'signed-out', next: router.state.location.href } as never });
  }, [router]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={kitVariables} colorSchemeManager={schemeManager} defaultColorScheme="auto">
      <WeatherBanner weather={weather} />
      <SessionKeeper onWeather={setWeather} onSignedOut={signedOut}>
        {({ state, error }, retry) =>
          state === 'asking' ? (
            <main>
              <Skeleton what={t('brand')} />
            </main>
          ) : state === 'failed' ? (
            <Failed error={error} retry={retry} />
          ) : (
            <RouterProvider router={router} />
          )
        }
      </SessionKeeper>
    </MantineProvider>
  );
}
