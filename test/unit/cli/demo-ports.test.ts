/** Ports of the demo: the next one that is free, for each of several that start at the same moment. */
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { holdPortFrom } from '../../../src/cli/demo/ports.ts';

const listening = (port: number): Promise<() => Promise<void>> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => done(() => new Promise((closed) => server.close(() => closed()))));
  });

it('goes on past every port that is taken, and gives none to two who start together', async () => {
  const first = await holdPortFrom(41_200);
  const next = await holdPortFrom(first.port + 1);
  await next.release();
  const close = await listening(next.port);
  const [one, other] = await Promise.all([holdPortFrom(first.port), holdPortFrom(first.port)]);
  expect(new Set([first.port, one.port, other.port]).size).toBe(3);
  expect(Math.min(one.port, other.port)).toBeGreaterThan(next.port);
  await first.release();
  // It is free once it is released.
  await (await listening(first.port))();
  await Promise.all([close(), one.release(), other.release()]);
});
