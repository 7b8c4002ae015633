import type { Fault } from '../ui/error-summary.js';

type Said = Readonly<{ errors?: readonly Readonly<{ message: string; extensions?: Readonly<{ rule?: string; remedy?: string }> }>[] }>;

/** The refusals in an answer over plain HTTP. @param field of the form that they belong to */
export async function faultsOf(response: Response, field: string): Promise<readonly Fault[]> {
  const { errors = [] } = (await response.json()) as Said;
  return errors.map(({ message, extensions }) => ({ message, field, ...(extensions?.rule !== undefined && { rule: extensions.rule }), ...(extensions?.remedy !== undefined && { remedy: extensions.remedy }) }));
}
