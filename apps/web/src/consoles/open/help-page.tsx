import { Page as Sheet } from '../../parts/page.js';
import { Prose } from './prose.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';
import './open.css';

export function Page() {
  return (
    <Sheet title={t('help.title')} lead={lead('help')}>
      <div className="prose">
        {(['keys', 'signIn', 'score', 'deadline', 'person'] as const).map((part) => (
          <Prose key={part} title={t(`help.${part}Title`)}>
            <p>{t(`help.${part}`)}</p>
          </Prose>
        ))}
      </div>
    </Sheet>
  );
}
