import type { ReactNode } from 'react';
import { Skeleton } from '../ui/skeleton.js';
import { FaultView } from './fault-view.js';

type Result<T> = Readonly<{ data?: T | undefined; error?: unknown; refetch: () => unknown }>;

/** A read in its three states; what was loaded before stays in view when a later read fails, with the fault above it. */
export function Loaded<T>({ result, what, children }: Readonly<{ result: Result<T>; what: string; children: (data: T) => ReactNode }>) {
  const { data, error, refetch } = result;
  const fault = error === undefined || error === null ? null : <FaultView error={error} retry={() => void refetch()} />;
  if (data === undefined) return fault ?? <Skeleton what={what} lines={6} />;
  return (
    <>
      {fault}
      {children(data)}
    </>
  );
}
