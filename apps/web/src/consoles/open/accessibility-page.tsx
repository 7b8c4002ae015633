import { Page as Sheet } from '../../parts/page.js';
import { Prose } from './prose.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';
import './open.css';

export function Page() {
  return (
    <Sheet title={t('access.title')} lead={lead('accessibility')}>
      <div className="prose">
        <Prose title={t('access.doTitle')}>
          <ul>
            {([1, 2, 3, 4, 5, 6] as const).map((line) => (
              <li key={line}>{t(`access.do${line}`)}</li>
            ))}
          </ul>
        </Prose>
        <Prose title={t('access.limitsTitle')}>
          <p>{t('access.limits')}</p>
        </Prose>
        <Prose title={t('access.testTitle')}>
          <p>{t('access.test')}</p>
        </Prose>
        <Prose title={t('access.askTitle')}>
          <p>{t('access.ask')}</p>
        </Prose>
      </div>
    </Sheet>
  );
}
