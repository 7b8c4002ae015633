import { Argument, type Command } from 'commander';
import { IMPORT_KINDS } from '@meriden/domain';
import type { Exit, Terminal } from '../terminal/terminal.js';
import type { ImportFlags } from './import-file.js';

type Does = <Arguments extends unknown[]>(work: (...given: Arguments) => Promise<Exit>) => (...given: Arguments) => Promise<void>;

const MORE = `
A file is CSV (UTF-8, or UTF-16 with its mark; comma, semicolon or tab) with the columns of the template, in any order. All of it is
stored or nothing, unless --partial is given. The same file a second time changes nothing; what the file no longer lists is told and kept.

  learners       of a provider; known by ULN, else by names and birth date
  vacancies      of an employer; known by title, campus and first day
  organisations  of the region; --organisation is not needed
  travel         real minutes by outcode, campus and mode in place of estimates; --organisation is not needed. The cells of the file are
                 replaced and no others, as a new edition with its source; everybody is scored anew, and earlier scores replay as they were

Placements are not imported: a placement comes from an accepted proposal, which holds its agreement.

Answer: {"rows","accepted","refused","errors":[{"row","column","code","message"}], "created","changed","unchanged","dropped","stored","notices"}.
Rows count as in a spreadsheet, the header being 1. Exit 0: all rows accepted, 1: rows refused, 2: wrong usage, 3: a fault.`;

/** The door for lists from files. */
export function importCommands(program: Command, terminal: Terminal, does: Does): void {
  program
    .command('import')
    .description('read a list from a CSV file into the stored data; one JSON line says what was accepted and what refused')
    .addArgument(new Argument('<kind>', 'what the file lists').choices(IMPORT_KINDS.map((kind) => kind.toLowerCase())))
    .addArgument(new Argument('[file]', 'the CSV file'))
    .option('--organisation <id>', 'whose list it is: id, node id or UKPRN of the provider or employer')
    .option('--dry-run', 'say what would happen and change nothing', false)
    .option('--partial', 'store the good rows although others are refused', false)
    .option('--template', 'print the header and an example row of the file', false)
    .addHelpText('after', MORE)
    .action(does(async (kind: string, file: string | undefined, flags: ImportFlags) => (await import('./import-file.js')).importFile(kind, file, flags, terminal)));
}
