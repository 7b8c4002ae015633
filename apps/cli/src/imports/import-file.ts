import { createReadStream, statSync } from 'node:fs';
import type { ImportKind } from '@meriden/domain';
import { ImportsService, importTemplate } from '@meriden/services';
import { withServices } from '../installation/services.js';
import { EXIT, WrongUsage, type Exit, type Terminal } from '../terminal/terminal.js';

export type ImportFlags = Readonly<{ organisation?: string; dryRun: boolean; partial: boolean; template: boolean }>;

/** Lists that belong to no organisation. */
const OF_THE_REGION: ReadonlySet<ImportKind> = new Set(['ORGANISATIONS', 'TRAVEL']);

export async function importFile(kindName: string, file: string | undefined, flags: ImportFlags, terminal: Terminal): Promise<Exit> {
  const kind = kindName.toUpperCase() as ImportKind;
  if (flags.template) return template(kind, terminal);
  if (file === undefined) throw new WrongUsage(`Name the file: import ${kindName} FILE.`);
  if (!OF_THE_REGION.has(kind) && flags.organisation === undefined) throw new WrongUsage('Say whose list it is: --organisation with an id or a UKPRN.');
  // A device or a pipe never ends by itself, and a folder is no file; a link leads where its maker chose.
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new WrongUsage(`There is no file ${file}.`);
  if (!found.isFile()) throw new WrongUsage(`${file} is not a plain file.`);
  return withServices(async (services) => {
    const organisation = flags.organisation === undefined ? null : plainId(flags.organisation);
    const report = await services.get(ImportsService).runAtTerminal(organisation, { kind, source: createReadStream(file), dryRun: flags.dryRun, partial: flags.partial });
    terminal.answer(report);
    terminal.tell(inWords(report, flags));
    return report.errors.length === 0 ? EXIT.done : EXIT.no;
  });
}

/** A node id as the API gives it holds the plain id. */
function plainId(text: string): string {
  const inside = /^Organisation:(.+)$/.exec(Buffer.from(text, 'base64url').toString('utf8'))?.[1];
  return (inside ?? text).trim().toLowerCase();
}

function template(kind: ImportKind, terminal: Terminal): Exit {
  const { csv, columns } = importTemplate(kind);
  terminal.line(csv);
  for (const { name, needed, words } of columns) terminal.tell(`${name}${needed ? ' (needed)' : ''}: ${words}`);
  return EXIT.done;
}

type Told = Awaited<ReturnType<ImportsService['runAtTerminal']>>;

function inWords(report: Told, { dryRun }: ImportFlags): string {
  const found = `${report.rows} rows: ${report.created} new, ${report.changed} changed, ${report.unchanged} as stored, ${report.refused} refused; ${report.dropped} stored and not in the file.`;
  if (dryRun) return `${found} This was a dry run: nothing was stored.`;
  if (report.stored > 0) return `${found} ${report.stored} stored.`;
  return report.errors.length > 0 ? `${found} Nothing was stored: mend the rows in the answer, or take the good ones with --partial.` : `${found} There was nothing to store.`;
}
