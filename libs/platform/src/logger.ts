import type { LoggerService } from '@nestjs/common';
import { type Logger as Pino, pino } from 'pino';
import type { LogLevel } from './config.js';
import { redact, redactText } from './redaction.js';

export type LogFields = Readonly<Record<string, unknown>>;

/** Where lines go: standard output, or anything with `write` in tests. */
export type LogSink = Readonly<{ write(line: string): void }>;

/**
 * JSON lines: `level` in words, `time` in UTC, `service`, `msg`, and the fields given. Everything passes the redaction, so a
 * slip of a caller does not put personal data into a log. Give faults as `{ error }`.
 */
export class Logger {
  private constructor(private readonly pino: Pino) {}

  static create(service: string, level: LogLevel, sink?: LogSink): Logger {
    const options = {
      level,
      base: { service, pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label: string) => ({ level: label }) },
    };
    // Synchronous: a line written just before a kill is the line that is needed.
    return new Logger(pino(options, sink ?? pino.destination({ dest: 1, sync: true })));
  }

  /** A logger whose every line bears these fields as well. */
  with(fields: LogFields): Logger {
    return new Logger(this.pino.child(redact(fields) as Record<string, unknown>));
  }

  debug(message: string, fields: LogFields = {}): void {
    this.line('debug', message, fields);
  }

  info(message: string, fields: LogFields = {}): void {
    this.line('info', message, fields);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.line('warn', message, fields);
  }

  error(message: string, fields: LogFields = {}): void {
    this.line('error', message, fields);
  }

  /** A broken invariant: somebody must look. */
  defect(message: string, fields: LogFields = {}): void {
    this.line('fatal', message, fields);
  }

  private line(level: 'debug' | 'info' | 'warn' | 'error' | 'fatal', message: string, fields: LogFields): void {
    if (this.pino.isLevelEnabled(level)) this.pino[level](redact(fields) as object, redactText(message));
  }
}

/** Nest's own messages through the same door; its start-up chatter is on `debug`. */
export function nestLogger(logger: Logger): LoggerService {
  const fields = (rest: readonly unknown[]): LogFields => {
    const context = rest.at(-1);
    return typeof context === 'string' ? { context } : {};
  };
  const text = (message: unknown): string => (message instanceof Error ? message.message : String(message));
  const fault = (message: unknown, rest: readonly unknown[]): LogFields => ({ ...fields(rest), ...(message instanceof Error ? { error: message } : {}) });
  return {
    log: (message: unknown, ...rest: unknown[]) => logger.debug(text(message), fields(rest)),
    debug: (message: unknown, ...rest: unknown[]) => logger.debug(text(message), fields(rest)),
    verbose: (message: unknown, ...rest: unknown[]) => logger.debug(text(message), fields(rest)),
    warn: (message: unknown, ...rest: unknown[]) => logger.warn(text(message), fields(rest)),
    error: (message: unknown, ...rest: unknown[]) => logger.error(text(message), fault(message, rest)),
    fatal: (message: unknown, ...rest: unknown[]) => logger.defect(text(message), fault(message, rest)),
  };
}
