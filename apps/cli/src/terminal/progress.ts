import { SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

/** Long work with a number: a bar where a person watches, else a line at the start, at each quarter and at the end. */
export type Progress = Readonly<{ to(done: number): void; end(note?: string): void }>;

export function showProgress(terminal: Terminal, what: string, total: number): Progress {
  return terminal.lively ? bar(what, total) : lines(terminal, what, total);
}

function bar(what: string, total: number): Progress {
  const shown = new SingleBar({ format: `${what.padEnd(28)} {bar} {value}/{total} {note}`, stream: process.stderr, hideCursor: true, clearOnComplete: false, barsize: 28, fps: 8 });
  shown.start(total, 0, { note: '' });
  return {
    to: (done) => shown.update(Math.min(done, total)),
    end: (note = '') => {
      shown.update(total, { note });
      shown.stop();
    },
  };
}

function lines(terminal: Terminal, what: string, total: number): Progress {
  let quarter = 0;
  terminal.tell(`${what}: ${total}`);
  return {
    to: (done) => {
      const reached = total === 0 ? 4 : Math.floor((4 * done) / total);
      if (reached <= quarter || reached >= 4) return;
      quarter = reached;
      terminal.tell(`${what}: ${done} of ${total}`);
    },
    end: (note = '') => terminal.tell(`${what}: done${note === '' ? '' : `, ${note}`}`),
  };
}
