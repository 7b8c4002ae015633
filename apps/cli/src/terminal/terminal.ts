import { Rejection } from '@meriden/domain';
import { ConfigError } from '@meriden/platform';

/** How a command ended. A program can tell "no" from a mistake of its own and from a fault of ours. */
export const EXIT = { done: 0, no: 1, usage: 2, fault: 3 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** Where a command speaks: `answer` is for programs (standard output), `tell` for people (standard error). */
export type Terminal = Readonly<{
  /** One JSON object, as one line. */
  answer(value: object): void;
  /** One line of text that is not JSON: TSV, TREC, a token. */
  line(text: string): void;
  tell(text: string): void;
  /** True where a person watches, so that a bar may move. */
  lively: boolean;
}>;

export const processTerminal: Terminal = {
  answer: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
  line: (text) => void process.stdout.write(`${text}\n`),
  tell: (text) => void process.stderr.write(`${text}\n`),
  lively: process.stderr.isTTY === true,
};

/** The caller gave something that cannot be used: told in a sentence, exit 2. */
export class WrongUsage extends Error {}

/** The answer is "no", with the reason: exit 1. */
export class AnswerIsNo extends Error {}

/** Tells what went wrong in words and says with which code to end. */
export function tellFailure(error: unknown, terminal: Terminal): Exit {
  if (error instanceof WrongUsage) {
    terminal.tell(error.message);
    return EXIT.usage;
  }
  if (error instanceof AnswerIsNo) {
    terminal.tell(error.message);
    return EXIT.no;
  }
  if (error instanceof Rejection) {
    for (const refusal of error.refusals) terminal.tell(`${refusal.message} ${refusal.rule} ${refusal.remedy}`);
    return EXIT.no;
  }
  if (error instanceof ConfigError) {
    terminal.tell(error.message);
    return EXIT.fault;
  }
  terminal.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.fault;
}
