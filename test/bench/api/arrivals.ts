import type { Answer } from '../../e2e/support/graphql-client.js';

export type Reply = Readonly<{ document: string; ms: number; fault: string | null }>;

/** One thing to ask, whoever asks it. */
export type Ask = Readonly<{ document: string; send: () => Promise<Answer<Record<string, unknown>>> }>;

/**
 * Open arrivals: the n-th request is sent when its time has come, whether or not those before are answered, and its wait counts from
 * that time on. A slow answer therefore delays nobody's question, and hides nobody's wait.
 */
export async function arrivals(seconds: number, rate: number, next: (n: number) => Ask): Promise<readonly Reply[]> {
  const replies: Promise<Reply>[] = [];
  const began = performance.now();
  for (let n = 0; n < seconds * rate; n++) {
    const due = began + (n * 1_000) / rate;
    const early = due - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    replies.push(reply(next(n), due));
  }
  return Promise.all(replies);
}

async function reply({ document, send }: Ask, due: number): Promise<Reply> {
  try {
    const { status, errors, data } = await send();
    const refused = Object.values(data ?? {}).find((payload) => (payload as { __typename?: string } | null)?.__typename === 'Refused');
    const fault = status >= 500 || errors.length > 0 ? `${status} ${JSON.stringify(errors[0]?.extensions.code)}` : refused === undefined ? null : `refused ${JSON.stringify(refused)}`;
    return { document, ms: performance.now() - due, fault };
  } catch (error) {
    return { document, ms: performance.now() - due, fault: String(error) };
  }
}

/** In milliseconds, one decimal. */
export function percentile(replies: readonly Reply[], p: number): number {
  const times = replies.map(({ ms }) => ms).sort((a, b) => a - b);
  return Math.round((times[Math.min(times.length - 1, Math.floor((p / 100) * times.length))] ?? 0) * 10) / 10;
}
