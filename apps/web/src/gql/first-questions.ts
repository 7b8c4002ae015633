/**
 * The two questions of every first visit. They are sent by the first script, while the large ones are still on their way; the client
 * takes the answers instead of asking again. Every object names its type, as the client's own spelling of them does.
 */
export const SERVICE_TEXT = `
  query Service {
    service {
      demonstration
      notice
      referenceEdition
      __typename
    }
  }
` as const;

export const VIEWER_TEXT = `
  query Viewer {
    viewer {
      person {
        id
        name
        email
        __typename
      }
      role
      capabilities
      sessionExpiresAt
      organisation {
        id
        name
        __typename
      }
      learner {
        id
        __typename
      }
      __typename
    }
  }
` as const;

export const ENDPOINT = '/graphql';
/** Shows the API that a page of its own asks. */
export const OWN_PAGE = { 'x-meriden-csrf': '1' } as const;
export const DEADLINE_MS = 15_000;

const answers = new Map<string, Promise<Response>>();

/** Asks both, before anything else of the console is there. */
export function askFirst(): void {
  for (const [operationName, query] of [['Viewer', VIEWER_TEXT], ['Service', SERVICE_TEXT]] as const) {
    const answer = fetch(ENDPOINT, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { ...OWN_PAGE, accept: 'application/graphql-response+json,application/json;q=0.9', 'content-type': 'application/json' },
      body: JSON.stringify({ operationName, query, variables: {} }),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    // Whoever takes it hears of its fault; nobody may come.
    answer.catch(() => undefined);
    answers.set(operationName, answer);
  }
}

/** The answer to a request that was sent before; each is given once, so that what is asked later is asked anew. */
export function takeFirst(body: unknown): Promise<Response> | undefined {
  if (answers.size === 0 || typeof body !== 'string') return undefined;
  const name = String((JSON.parse(body) as { operationName?: unknown }).operationName);
  const answer = answers.get(name);
  answers.delete(name);
  return answer;
}
