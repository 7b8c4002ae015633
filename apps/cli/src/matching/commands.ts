import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Stability } from '@meriden/matching';
import { MODES, OBJECTIVES, STABILITIES } from '@meriden/matching';
import type { Exit, Terminal } from '../terminal/terminal.js';
import type { SolveFlags } from './solve.js';

type Does = <Arguments extends unknown[]>(work: (...given: Arguments) => Promise<Exit>) => (...given: Arguments) => Promise<void>;

/** The doors of the matching engine: solve, enumerate, explain, verify. */
export function matchingCommands(program: Command, terminal: Terminal, does: Does): void {
  program
    .command('solve')
    .description('match instance files; one JSON line a file, with its certificate')
    .argument('<file...>', 'instance files (placement-matching-instance/1) or published round files')
    .addOption(new Option('--mode <mode>', 'what the outcome promises').choices(MODES).default('learner-optimal'))
    .addOption(new Option('--stability <notion>', 'robust: decide this notion alone; rerun: the notion to keep').choices(STABILITIES))
    .addOption(new Option('--objective <objective>', 'score: what to make best').choices(OBJECTIVES))
    .option('--seed <n>', 'seed of the lottery, as text; left out, that of the file, else 0')
    .option('--time-limit <seconds>', 'for the exact part of each file', seconds, 60)
    .option('--reasons', 'add the reasons of every learner to the line', false)
    .action(does(async (files: string[], flags: SolveFlags) => (await import('./solve.js')).solveFiles(files, flags, terminal)));
  program
    .command('enumerate')
    .description('all stable matchings of small instances; one JSON line a file')
    .argument('<file...>', 'instance files')
    .addOption(new Option('--stability <notion>', 'the notion').choices(STABILITIES).makeOptionMandatory())
    .option('--limit <n>', 'stop after this many', positive)
    .action(does(async (files: string[], flags: { stability: Stability; limit?: number }) => (await import('./enumerate.js')).enumerateFiles(files, flags, terminal)));
  program
    .command('explain')
    .description('why a learner got this outcome: one reason for each entry preferred to it')
    .argument('<file>', 'the instance')
    .argument('<result>', 'the line written by solve, or a published round file')
    .requiredOption('--learner <id>', 'the learner')
    .action(does(async (file: string, result: string, flags: { learner: string }) => (await import('./explain.js')).explainResult(file, result, flags, terminal)));
  program
    .command('verify')
    .description('check a result against its instance; exit 1 when anything is wrong')
    .argument('<instance>', 'the instance, or a published round file')
    .argument('<result>', 'the line written by solve, or a published round file')
    .action(does(async (instance: string, result: string) => (await import('./verify.js')).verifyFiles(instance, result, terminal)));
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0) || value > 86_400) throw new InvalidArgumentError('Seconds above 0 and up to 86400 are wanted.');
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < 1) throw new InvalidArgumentError('A whole number from 1 is wanted.');
  return value;
}
