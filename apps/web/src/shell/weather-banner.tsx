import { useEffect, useState } from 'react';
import type { Weather } from '../gql/client.js';
import { t } from '../words/core.js';

/** Offline, slow or unreachable: said once at the top, with what is safe. */
export function WeatherBanner({ weather }: Readonly<{ weather: Weather }>) {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const change = (): void => setOnline(navigator.onLine);
    window.addEventListener('online', change);
    window.addEventListener('offline', change);
    return () => {
      window.removeEventListener('online', change);
      window.removeEventListener('offline', change);
    };
  }, []);
  const words = !online ? t('online.offline') : weather === 'gone' ? t('online.gone') : weather === 'slow' ? t('online.slow') : '';
  return <div role="status">{words !== '' && <p className="weather">{words}</p>}</div>;
}
