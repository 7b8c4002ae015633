import { Link } from '@tanstack/react-router';
import { GoTo } from '../../parts/go-to.js';
import { Page as Sheet } from '../../parts/page.js';
import { homeOf } from '../../parts/home.js';
import { useSession } from '../../parts/session.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';
import './open.css';

/** The front door: the signed in go on to their own start page. */
export function Page() {
  const { viewer } = useSession();
  if (viewer !== null) return <GoTo to={homeOf(viewer.role)} />;
  return (
    <Sheet title={t('start.title')} lead={lead('start')}>
      <p className="row">
        <Link to="/sign-in" className="door door--first">
          {t('start.signIn')}
        </Link>
        <Link to="/how-matching-works" className="door">
          {t('start.how')}
        </Link>
      </p>
      <section aria-labelledby="who" className="stack">
        <h2 id="who">{t('start.who')}</h2>
        <div className="grid">
          {(['learner', 'employer', 'college', 'region'] as const).map((who) => (
            <div key={who} className="whom">
              <h3>{t(`start.${who}`)}</h3>
              <p>{t(`start.${who}What`)}</p>
            </div>
          ))}
        </div>
      </section>
    </Sheet>
  );
}
