import { Page as Sheet } from '../../parts/page.js';
import { Prose } from './prose.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';
import './open.css';

export function Page() {
  return (
    <Sheet title={t('privacy.title')} lead={lead('privacy')}>
      <div className="prose">
        <Prose title={t('privacy.seeTitle')}>
          <ul>
            {([1, 2, 3, 4] as const).map((line) => (
              <li key={line}>{t(`privacy.see${line}`)}</li>
            ))}
          </ul>
        </Prose>
        {(['decide', 'browser', 'rights'] as const).map((part) => (
          <Prose key={part} title={t(`privacy.${part}Title`)}>
            <p>{t(`privacy.${part}`)}</p>
          </Prose>
        ))}
      </div>
    </Sheet>
  );
}
