/** How it is kept why a mail was given up: after how many tries, and what it failed with last. */

export const givenUpAfter = (tries: number): string => `given up after ${tries} tries`;
export const lastTime = '; the last time: ';

/** What stands before the cause, as a pattern of PostgreSQL. */
export const beforeCause = `^given up after [0-9]+ tries(${lastTime})?`;
