/**
 * Canonical JSON: object keys in code-unit order, no white space, numbers as ECMAScript prints them, `undefined` members left
 * out. Two values that are equal as data give the same text, so a digest of it identifies the data (in the spirit of RFC 8785).
 *
 * @throws TypeError on NaN, infinities, functions, symbols and bigints: they are not data.
 */
export function canonicalJson(value: unknown): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: ${value} is not data`);
      return JSON.stringify(value);
    case 'object':
      break;
    default:
      throw new TypeError(`canonicalJson: a ${typeof value} is not data`);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join(',')}]`;
  const record = value as Record<string, unknown>;
  const members: string[] = [];
  for (const key of Object.keys(record).sort()) {
    if (record[key] !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(record[key])}`);
  }
  return `{${members.join(',')}}`;
}

/** Hex SHA-256 of the UTF-8 text, synchronous. Given by the rim (`node:crypto`, or a small library in the browser). */
export type Digest = (canonical: string) => string;
