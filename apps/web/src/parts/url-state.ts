import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

type Search = Readonly<Record<string, unknown>>;

/**
 * State that lives in the address: filters, sort, the selected row. `read` turns whatever stands there into the page's own
 * type, so a mistyped address is harmless. Setting replaces the entry in the history unless `push` is asked for.
 */
export function useUrlState<T extends Record<string, string | number | boolean | undefined>>(read: (search: Search) => T): [T, (change: Partial<T>, push?: boolean) => void] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (next: Partial<T>, push = false) => {
      const clean = (before: Search): Record<string, unknown> => Object.fromEntries(Object.entries({ ...before, ...next }).filter(([, value]) => value !== undefined && value !== '' && value !== false));
      void navigate({ to: '.', search: clean as never, replace: !push, resetScroll: false });
    },
    [navigate],
  );
  return [read(search), change];
}

/** One of the given values, else the fallback. */
export const oneOf = <T extends string>(values: readonly T[], value: unknown, fallback: T): T => values.find((each) => each === value) ?? fallback;
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
