/** What the routes of the API share. */
import { OpenAPIHono, type z } from '@hono/zod-openapi';
import { Problem } from '../problem.ts';
import { problem } from './schemas.ts';

/** A router whose refusals name every field that is wrong. */
export function router(): OpenAPIHono {
  return new OpenAPIHono({
    strict: false,
    defaultHook(result) {
      if (result.success) return;
      const errors = result.error.issues.map((issue) => ({ field: issue.path.join('.'), detail: issue.message }));
      const detail = errors.map((one) => (one.field ? `${one.field}: ${one.detail}` : one.detail)).join('; ');
      throw new Problem(400, detail, { errors });
    },
  });
}

export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

const told = {
  400: 'A parameter that cannot be used',
  401: 'No token, or a wrong one',
  404: 'There is none',
  409: 'Not in this state, with the reason',
  422: 'Not usable, with what is wrong',
  503: 'The database does not answer, or API_TOKEN is not set',
} as const;

/** The problems a call may answer with, for the description. */
export function problems(...statuses: (keyof typeof told)[]) {
  const of = (status: keyof typeof told) => ({
    description: told[status],
    content: { 'application/problem+json': { schema: problem } },
  });
  return Object.fromEntries([401 as const, 503 as const, ...statuses].map((status) => [status, of(status)]));
}

export const secured = [{ token: [] }];

export function orNotFound<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Problem(404, `There is no ${what}.`);
  return value;
}

/** The part of an action that this process was not given. */
export function able<T>(action: T | undefined, what: string): T {
  if (action === undefined) throw new Problem(404, `${what} is not possible here.`);
  return action;
}
