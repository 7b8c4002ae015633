import { useEffect, useRef } from 'react';

type PageInfo = Readonly<{ hasNextPage: boolean; endCursor: string | null }>;

/** Reads on, page by page, until a list is whole. Each page is asked for once: a second answer would put its rows in twice. */
export function useAllPages(page: PageInfo | undefined, more: (after: string) => Promise<unknown>): void {
  const asked = useRef<string | null>(null);
  const next = page?.hasNextPage === true ? page.endCursor : null;
  useEffect(() => {
    if (next === null || asked.current === next) return;
    asked.current = next;
    void more(next)
      // What failed is told by the read itself, and its retry starts anew.
      .catch(() => undefined)
      .finally(() => (asked.current = null));
  });
}
