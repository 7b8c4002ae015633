import { useMutation } from '@apollo/client/react';
import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useState } from 'react';
import type { Fault } from '../ui/error-summary.js';

type Refused = Readonly<{ __typename: 'Refused'; refusals: readonly Readonly<{ code: string; message: string; rule: string; remedy: string; path: readonly string[] }>[] }>;
type Payload<D> = NonNullable<D[keyof D]>;
export type Success<D> = Exclude<Payload<D>, { __typename: 'Refused' }>;

export type Command<D, V> = Readonly<{
  /** Sends it. The success, or null when it was refused or did not arrive: `faults` or `error` then say why. */
  send: (variables: V) => Promise<Success<D> | null>;
  sending: boolean;
  faults: readonly Fault[];
  /** Somebody else changed the thing meanwhile: show the differences. */
  conflict: boolean;
  error: unknown;
  clear: () => void;
}>;

/** One write: a refusal is data with its rule and remedy, bound to the field it names; a fault is something else. */
export function useCommand<D extends Record<string, unknown>, V extends OperationVariables>(document: TypedDocumentNode<D, V>, fieldOf: (path: readonly string[]) => string | undefined = () => undefined): Command<D, V> {
  const [mutate, { loading }] = useMutation(document);
  const [state, setState] = useState<Readonly<{ faults: readonly Fault[]; conflict: boolean; error: unknown }>>({ faults: [], conflict: false, error: null });
  const send = async (variables: V): Promise<Success<D> | null> => {
    try {
      const { data } = await mutate({ variables } as never);
      const payload = Object.values(data ?? {}).find((value) => typeof value === 'object' && value !== null) as Payload<D> | Refused | undefined;
      if (payload === undefined) return null;
      if (isRefused(payload)) {
        setState({
          faults: payload.refusals.map(({ message, rule, remedy, path }) => {
            const field = fieldOf(path);
            return { message, rule, remedy, ...(field !== undefined && { field }) };
          }),
          conflict: payload.refusals.some((refusal) => refusal.code === 'VERSION_CONFLICT'),
          error: null,
        });
        return null;
      }
      setState({ faults: [], conflict: false, error: null });
      return payload as Success<D>;
    } catch (error) {
      setState({ faults: [], conflict: false, error });
      return null;
    }
  };
  return { send, sending: loading, ...state, clear: () => setState({ faults: [], conflict: false, error: null }) };
}

const isRefused = (payload: unknown): payload is Refused => (payload as { __typename?: string }).__typename === 'Refused';

/** A new random key: the same command sent twice is done once. */
export const newKey = (): string => crypto.randomUUID();
