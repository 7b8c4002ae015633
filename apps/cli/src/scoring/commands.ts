import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Exit, Terminal } from '../terminal/terminal.js';
import { RANK_TASKS, type RankFlags } from './rank.js';
import type { ScoreFlags } from './score.js';

type Does = <Arguments extends unknown[]>(work: (...given: Arguments) => Promise<Exit>) => (...given: Arguments) => Promise<void>;

/** The doors of the scorer: score, link, rank, relate. */
export function scoringCommands(program: Command, terminal: Terminal, does: Does): void {
  program
    .command('score')
    .description('score JSON files without a database: suggestions with gates, terms and reasons, one JSON line a learner')
    .option('--learners <file>', 'learners, see --schema')
    .option('--vacancies <file>', 'vacancies, see --schema')
    .option('--top <n>', 'suggestions a learner', positive, 20)
    .option('--as-of <date>', 'the day on which the rules are applied', isoDay, new Date().toISOString().slice(0, 10))
    .option('--replay <hash>', 'instead of files: compute the stored scores of this input hash again; exit 1 unless they give the same bytes', inputHash)
    .option('--schema', 'print the file formats as JSON Schema', false)
    .action(does(async (flags: ScoreFlags) => (await import('./score.js')).score(flags, terminal)));
  program
    .command('link')
    .description('the skills found in free text: id, start, end (code points), skill, score')
    .requiredOption('--reference <folder>', 'folder of skill tables')
    .requiredOption('--text <tsv>', 'id<TAB>text')
    .action(does(async (flags: { reference: string; text: string }) => (await import('./link.js')).link(flags, terminal)));
  program
    .command('rank')
    .description('relevance on a reference folder, as TREC run lines')
    .addOption(new Option('--task <task>', 'what is asked').choices(RANK_TASKS).makeOptionMandatory())
    .requiredOption('--reference <folder>', 'folder of skill tables')
    .requiredOption('--queries <tsv>', 'id<TAB>text; profiles: phrases separated by " | "; phrases may have a third column, the sentence')
    .option('--corpus <tsv>', 'titles: id<TAB>text; vacancies: id<TAB>title<TAB>skill ids')
    .option('--top <n>', 'answers a query', positive, 1000)
    .action(does(async (flags: RankFlags) => (await import('./rank.js')).rank(flags, terminal)));
  program
    .command('relate')
    .description('how related two skills are, 0 to 1')
    .requiredOption('--reference <folder>', 'folder of skill tables')
    .requiredOption('--pairs <tsv>', 'id_a<TAB>id_b')
    .action(does(async (flags: { reference: string; pairs: string }) => (await import('./relate.js')).relate(flags, terminal)));
}

function positive(text: string): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < 1) throw new InvalidArgumentError('A whole number from 1 is wanted.');
  return value;
}

function inputHash(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new InvalidArgumentError('The inputHash of a stored score is wanted: 64 hexadecimal digits.');
  return text;
}

function isoDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('A date YYYY-MM-DD is wanted.');
  return text;
}
