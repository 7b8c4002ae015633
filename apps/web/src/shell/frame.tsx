import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Suspense, lazy, useEffect, useState } from 'react';
import { LiveRegion } from '../parts/announce.js';
import { useLetterKeys } from '../parts/keyboard.js';
import { useSession } from '../parts/session.js';
import { t } from '../words/core.js';
import { AppearanceMenu } from './appearance-menu.js';
import type { Dialog } from './dialogs.js';
import { menuOf, type Place } from './places.js';
import { places as word } from './words.js';
import './frame.css';

const IN_THUMB_BAR = 4;
const bringDialogs = () => import('./dialogs.js');
const Dialogs = lazy(() => bringDialogs().then(({ Dialogs: Shown }) => ({ default: Shown })));
/** They come when a page stands, before a hand finds their keys. */
const DIALOGS_AFTER_MS = 2_500;

/** What stands round every page, always in the same place: banner, menu, help, account, footer. */
export function Frame() {
  const { viewer, service, signOut } = useSession();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Dialog | null>(null);
  const [dialogs, setDialogs] = useState(false);
  const menu = viewer === null ? [] : menuOf(viewer.role);
  const go = Object.fromEntries(menu.filter((place) => place.key !== undefined).map((place) => [`g ${place.key}`, () => void navigate({ to: place.path })]));
  useLetterKeys({ '?': () => setOpen('keys'), ...go });
  usePaletteKey(() => setOpen((before) => (before === 'palette' ? null : 'palette')));
  useEffect(() => {
    const timer = setTimeout(() => void bringDialogs().then(() => setDialogs(true), () => undefined), DIALOGS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="top-frame">
        {service?.demonstration === true && <p className="demo">{t('demonstration')}</p>}
        <div className="top">
        <Link to="/" className="top__brand">
          <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
            <rect width="32" height="32" rx="7" fill="#0d5446" />
            <path d="M6 23 12 9l4 9 4-9 6 14" fill="none" stroke="#fbfaf6" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
            <circle cx="16" cy="18" r="3" fill="#f0b429" />
          </svg>
          {t('brand')}
        </Link>
        {viewer !== null && <span className="top__where">{viewer.organisation.name}</span>}
        <div className="top__tools no-print">
          <button type="button" className="tool tool--palette" onClick={() => setOpen('palette')} aria-keyshortcuts="Control+K">
            <span>{t('palette.title')}</span> <kbd aria-hidden="true">{t('keys.palette')}</kbd>
          </button>
          <AppearanceMenu />
          <Link to="/help" className="tool">
            {t('help')}
          </Link>
          {viewer === null ? (
            <Link to="/sign-in" className="tool tool--strong">
              {t('nav.signIn')}
            </Link>
          ) : (
            <>
            <Link to="/account" className="tool">
              {t('nav.account')}
            </Link>
            <button type="button" className="tool" onClick={() => void signOut()} title={t('nav.signedInAs', { name: viewer.person.name })}>
              {t('nav.signOut')}
            </button>
            </>
          )}
        </div>
        </div>
      </header>
      <div className={viewer === null ? 'frame frame--open' : 'frame'}>
        {viewer !== null && (
          <nav className="rail no-print" aria-label={t('nav.label')}>
            <p className="rail__role">{t(`roles.${viewer.role}`)}</p>
            <Menu places={menu} />
          </nav>
        )}
        <main id="main" tabIndex={-1} className="main">
          <Outlet />
        </main>
      </div>
      {viewer !== null && (
        <nav className="thumb no-print" aria-label={t('nav.thumb')}>
          <Menu places={menu.slice(0, IN_THUMB_BAR)} />
        </nav>
      )}
      <footer className="foot no-print">
        <nav aria-label={t('nav.footer')}>
          <ul className="plain row">
            {(['how', 'accessibility', 'privacy', 'help'] as const).map((name) => (
              <li key={name}>
                <Link to={`/${name === 'how' ? 'how-matching-works' : name}`}>{word(name)}</Link>
              </li>
            ))}
          </ul>
        </nav>
      </footer>
      <LiveRegion />
      <Suspense fallback={null}>{(dialogs || open !== null) && <Dialogs open={open} onOpen={setOpen} menu={menu} />}</Suspense>
    </>
  );
}

/** Ctrl-K or Command-K, anywhere. */
function usePaletteKey(toggle: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      toggle();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}

function Menu({ places }: Readonly<{ places: readonly Place[] }>) {
  const { pathname } = useLocation();
  const longest = places.filter((place) => pathname === place.path || pathname.startsWith(`${place.path}/`)).sort((a, b) => b.path.length - a.path.length)[0];
  return (
    <ul className="plain stops">
      {places.map((place) => (
        <li key={place.path}>
          <Link to={place.path} className="stops__stop" activeOptions={{ exact: true }} aria-current={place === longest ? 'page' : undefined}>
            {place.title}
          </Link>
        </li>
      ))}
    </ul>
  );
}
