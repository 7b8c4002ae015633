import { pendingMigrations, runMigrations } from '@meriden/persistence';
import { loadConfig } from '@meriden/platform';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';

/** Brings the database to this build; with `check` only says what is missing. */
export async function migrate(terminal: Terminal, options: Readonly<{ check: boolean }>): Promise<Exit> {
  const { databaseUrl } = loadConfig();
  if (options.check) {
    const pending = await pendingMigrations(databaseUrl);
    terminal.answer({ pending });
    terminal.tell(pending.length === 0 ? 'The database is up to date.' : `${pending.length} migrations are pending. Run \`migrate\`.`);
    return pending.length === 0 ? EXIT.done : EXIT.no;
  }
  const ran = await runMigrations(databaseUrl);
  terminal.answer({ ran });
  terminal.tell(ran.length === 0 ? 'The database was up to date.' : `Ran ${ran.join(', ')}.`);
  return EXIT.done;
}
