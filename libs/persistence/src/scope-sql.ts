import type { Scope } from '@meriden/domain';

/** Collects the parameters of a statement; `add` gives the placeholder. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/**
 * The first wall of reads: the scope that the policy gave, as a condition on rows of `alias`. `columns` says in which column each
 * field of the noun lies.
 *
 * @throws Error on a field without a column: a scope that cannot be applied must never be left out.
 */
export function scopeSql(alias: string, scope: Scope, columns: Readonly<Record<string, string>>, parameters: Parameters): string {
  if (scope === 'ALL') return 'true';
  if (scope === 'NONE' || scope.length === 0) return 'false';
  const alternatives = scope.map((alternative) => {
    const fields = Object.entries(alternative).map(([field, value]) => {
      const column = Object.hasOwn(columns, field) ? columns[field] : undefined;
      if (column === undefined) throw new Error(`A scope names ${field}, for which there is no column`);
      return `${alias}."${column}" = ${parameters.add(value)}`;
    });
    return fields.length === 0 ? 'true' : `(${fields.join(' and ')})`;
  });
  return `(${alternatives.join(' or ')})`;
}
