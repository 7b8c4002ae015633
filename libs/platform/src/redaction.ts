/**
 * What may stand in a log: ids, codes, counts, times. Names, addresses, birth dates, secrets and free text may not, so a field
 * is judged by its name at any depth, and text is searched for e-mail addresses besides.
 */
const FORBIDDEN_FIELDS =
  /^(.*(password|passphrase|secret|token|cookie|authorization|apikey|privatekey|totp|code2fa).*|e-?mail|.*email|(given|family|full|first|last|person|display)_?name|uln|date_?of_?birth|dob|postcode|outcode|address|phone|evidence|description|parameters|query|body|payload|input|detail|where)$/i;
const EMAIL = /[^\s"'<>(),:;]+@[^\s"'<>(),:;]+\.[^\s"'<>(),:;]+/g;
/** user:password@ inside a connection URL. */
const CREDENTIALS = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi;
const MAX_DEPTH = 6;

export const REDACTED = '[redacted]';

export function redactText(text: string): string {
  return text.replace(CREDENTIALS, `$1${REDACTED}@`).replace(EMAIL, REDACTED);
}

/** A copy that is safe to write; errors become their safe description, anything deeper than six levels is left out. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (depth >= MAX_DEPTH) return '[deeper]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, FORBIDDEN_FIELDS.test(field) ? REDACTED : redact(inner, depth + 1)]),
  );
}

const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * An error as data. Database errors keep state, table and constraint but lose `detail`, `query` and `parameters`, which quote
 * rows; the message of a data exception (class 22) quotes the value itself and is dropped as well.
 */
export function describeError(error: Error, depth = 0): Record<string, unknown> {
  const fields = error as Error & Record<string, unknown>;
  const code = typeof fields['code'] === 'string' ? fields['code'] : undefined;
  const quotesData = code !== undefined && SQLSTATE.test(code) && code.startsWith('22');
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: quotesData ? `data exception ${code}` : redactText(error.message),
    ...(code === undefined ? {} : { code }),
    ...pick(fields, ['table', 'column', 'constraint', 'routine', 'syscall', 'port']),
    stack: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause instanceof Error && depth < MAX_DEPTH ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

function pick(fields: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((n) => typeof fields[n] === 'string' || typeof fields[n] === 'number').map((n) => [n, fields[n]]));
}
