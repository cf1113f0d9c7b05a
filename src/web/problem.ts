/** What went wrong, said as RFC 9457 wants it: `application/problem+json`. */
import { isFailure } from '../foundation/failure.ts';

const titles = {
  400: 'Bad request',
  401: 'Unauthorized',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  421: 'Misdirected request',
  422: 'Not usable',
  500: 'Internal error',
  503: 'Not available',
} as const;
type ProblemStatus = keyof typeof titles;

/** Thrown by a handler, told by the server. `detail` is shown to the caller: never a secret, never a stack. */
export class Problem extends Error {
  readonly status: ProblemStatus;
  readonly more: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: ProblemStatus,
    detail: string,
    more: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.more = more;
    this.headers = headers;
  }
}

export function problemResponse(problem: Problem): Response {
  const { status, message, more, headers } = problem;
  return new Response(
    JSON.stringify({ type: 'about:blank', title: titles[status], status, detail: message, ...more }),
    {
      status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    },
  );
}

/** Failures have their status; everything else is our fault, and null: nothing of it is told. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (!isFailure(error)) return null;
  switch (error.code) {
    case 'bad-input':
      return new Problem(422, error.message);
    case 'not-found':
      return new Problem(404, error.message);
    case 'conflict':
    case 'facts-stale':
    case 'claim-lost':
      return new Problem(409, error.message);
    case 'database-away':
      return new Problem(503, 'The database does not answer.', {}, { 'retry-after': '5' });
    case 'queue-away':
      return new Problem(503, 'The queues do not answer.', {}, { 'retry-after': '5' });
    // The way out stands in it: which key is to be put back.
    case 'seal-key-missing':
    case 'seal-broken':
      return new Problem(
        500,
        `${error.message}.`.replace(/^./, (first) => first.toUpperCase()),
      );
    default:
      return null;
  }
}
