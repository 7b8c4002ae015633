import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { importCommands } from './imports/commands.js';
import { matchingCommands } from './matching/commands.js';
import { scoringCommands } from './scoring/commands.js';
import { EXIT, processTerminal, tellFailure, type Exit, type Terminal } from './terminal/terminal.js';

/**
 * The operator's command line. Each command is loaded when it is called, so that `solve` does not wait for the database.
 *
 * @param argv the arguments after the program's name
 * @returns the exit code: 0 done, 1 the answer is "no", 2 wrong usage, 3 a fault
 */
export async function run(argv: readonly string[], terminal: Terminal = processTerminal): Promise<Exit> {
  let exit: Exit = EXIT.done;
  const does =
    <Arguments extends unknown[]>(work: (...given: Arguments) => Promise<Exit>) =>
    async (...given: Arguments): Promise<void> => {
      exit = await work(...given);
    };
  try {
    await commands(terminal, does).parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return tellFailure(error, terminal);
  }
}

type Does = <Arguments extends unknown[]>(work: (...given: Arguments) => Promise<Exit>) => (...given: Arguments) => Promise<void>;

function commands(terminal: Terminal, does: Does): Command {
  const program = new Command('meriden')
    .description('Meriden from the terminal. Answers for programs go to standard output, words for people to standard error.')
    .addHelpText('after', '\nExit codes: 0 done, 1 the answer is "no", 2 wrong usage, 3 a fault.')
    .exitOverride()
    .configureOutput({ writeErr: (text) => terminal.tell(text.trimEnd()), writeOut: (text) => terminal.line(text.trimEnd()) });
  // Inherited settings reach only commands that are made by `command`.
  installationCommands(program, terminal, does);
  recordCommands(program, terminal, does);
  peopleCommands(program, terminal, does);
  matchingCommands(program, terminal, does);
  scoringCommands(program, terminal, does);
  importCommands(program, terminal, does);
  return program;
}

function installationCommands(program: Command, terminal: Terminal, does: Does): void {
  program
    .command('migrate')
    .description('bring the database to this build')
    .option('--check', 'change nothing; exit 1 when something is pending', false)
    .action(does(async (options: { check: boolean }) => (await import('./installation/migrate.js')).migrate(terminal, options)));
  program
    .command('seed')
    .description('write the demonstration region: invented people and hosts, real providers and campuses')
    .option('--learners <n>', 'learners', wholeNumber(1, 2_000_000))
    .option('--vacancies <n>', 'vacancies', wholeNumber(1, 200_000))
    .option('--seed <s>', 'seed; the same one gives the same region')
    .action(does(async (options: { learners?: number; vacancies?: number; seed?: string }) => (await import('./installation/seed.js')).seed(terminal, options)));
  program
    .command('prepare')
    .description('make a round of the demonstration region ready to run: everybody ranks, through the running API')
    .option('--seed <s>', 'seed of the preferences', '1')
    .action(does(async (options: { seed: string }) => (await import('./main-job/prepare.js')).prepare(terminal, options)));
  program
    .command('once')
    .description('drive the main job through the running API: score, rank, match, publish, accept, verify; one JSON line')
    .option('--seed <s>', 'seed of the preferences', '1')
    .action(does(async (options: { seed: string }) => (await import('./main-job/once.js')).once(terminal, options)));
  program
    .command('token')
    .description('print a bearer token for an account of the local instance')
    .requiredOption('--as <email>', 'address of the account')
    .option('--minutes <n>', 'how long it is good for', wholeNumber(1, 24 * 60), 60)
    .action(does(async (options: { as: string; minutes: number }) => (await import('./installation/token.js')).token(terminal, options)));
  program
    .command('backup')
    .description('write everything stored into one file, in one snapshot, while the service runs')
    .argument('<file>', 'a new file; compressed, readable by you alone')
    .action(does(async (file: string) => (await import('./installation/backup.js')).backup(terminal, file)));
  program
    .command('restore')
    .description('fill an empty database from a backup, equal to the row or not at all')
    .argument('<file>', 'what `backup` wrote')
    .action(does(async (file: string) => (await import('./installation/backup.js')).restore(terminal, file)));
  program
    .command('doctor')
    .description('say what is wrong with this installation and how to mend it; exit 1 when something is')
    .action(does(async () => (await import('./installation/doctor.js')).doctor(terminal)));
  program
    .command('schema')
    .description('print the GraphQL schema')
    .action(does(async () => (await import('./installation/schema.js')).schema()));
}

function recordCommands(program: Command, terminal: Terminal, does: Does): void {
  const audit = program.command('audit').description('the history: check it, and take its signed ends out of reach');
  audit
    .command('verify')
    .description('hash the whole history anew; exit 1 and name the first broken place when it was changed')
    .action(does(async () => (await import('./records/audit.js')).verifyAudit(terminal)));
  audit
    .command('heads')
    .description('print the signed daily end of every chain, with the key that checks the signatures')
    .action(does(async () => (await import('./records/audit.js')).auditHeads(terminal)));
}

function peopleCommands(program: Command, terminal: Terminal, does: Does): void {
  program
    .command('subject-access')
    .description('write a copy of everything held about one person, as JSON and CSV in one archive')
    .option('--person <id>', 'id of the account')
    .option('--learner <id>', 'id of the learner record')
    .requiredOption('--out <file>', 'where to write the archive; must not be there yet')
    .action(does(async (options: { person?: string; learner?: string; out: string }) => (await import('./records/people.js')).subjectAccess(terminal, options)));
  program
    .command('erase')
    .description('erase one person, print the proof; exit 1 when a hold or a running placement forbids it')
    .option('--person <id>', 'id of the account')
    .option('--learner <id>', 'id of the learner record')
    .action(does(async (options: { person?: string; learner?: string }) => (await import('./records/people.js')).erase(terminal, options)));
  program
    .command('retention')
    .description('delete what is kept no longer; the worker does it every day')
    .option('--dry-run', 'change nothing, say what would go', false)
    .action(does(async (options: { dryRun: boolean }) => (await import('./records/people.js')).retention(terminal, options)));
}

function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d{1,9}$/.test(text) || value < from || value > to) throw new InvalidArgumentError(`A whole number from ${from} to ${to} is wanted.`);
    return value;
  };
}
