import type { ReactNode } from 'react';

/** A titled part of a page that is read rather than used. */
export function Prose({ title, children }: Readonly<{ title: string; children: ReactNode }>) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
