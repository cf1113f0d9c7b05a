/** When an event is sent again that was not taken (Standard Webhooks): more and more seldom, for three days. */

const minute = 60_000;
const hour = 60 * minute;

/** After each try that failed; the last ones count until it is given up. */
const waits = [5_000, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour] as const;
const givenUpAfter = 72 * hour;

export type WebhookTries = {
  /** With the one that has just failed. */
  readonly tries: number;
  /** The first of them, and the last: ISO 8601. */
  readonly firstAt: string;
  readonly at: string;
  /** By which those of one moment are spread. */
  readonly id: string;
};

/** Null: it is given up, three days after the first try and never before a last one then. */
export function nextTry({ tries, firstAt, at, id }: WebhookTries): string | null {
  const end = Date.parse(firstAt) + givenUpAfter;
  const now = Date.parse(at);
  if (now >= end) return null;
  const wait = waits[Math.min(tries, waits.length) - 1] ?? waits[0];
  const spread = wait * (Number(BigInt(id) % 100n) / 1_000);
  return new Date(Math.min(now + wait + spread, end)).toISOString();
}

/** A whole endpoint that takes nothing rests, so that what has piled up does not knock at it without end. */
export function restUntil(failures: number, at: string): string {
  const ms = Math.min(5_000 * 2 ** Math.min(failures - 1, 10), 5 * minute);
  return new Date(Date.parse(at) + ms).toISOString();
}
