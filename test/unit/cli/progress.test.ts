import { afterEach, expect, it, vi } from 'vitest';
import { progress } from '../../../src/cli/output/terminal.ts';

const { isTTY } = process.stderr;
const written: string[] = [];
const on = (terminal: boolean) => {
  process.stderr.isTTY = terminal;
  written.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
};
afterEach(() => {
  vi.restoreAllMocks();
  process.stderr.isTTY = isTTY;
});

it('shows on a terminal how many of how many are done, and leaves nothing behind', () => {
  on(true);
  const bar = progress(4, 'letters');
  for (let at = 0; at < 5; at += 1) bar.step();
  bar.done();
  expect(written.map((text) => text.replace(/[█░]+/, (all) => `${all.split('█').length - 1} `))).toEqual([
    ...['\r0  0/4 letters', '\r8  1/4 letters', '\r15  2/4 letters', '\r23  3/4 letters', '\r30  4/4 letters'],
    ...['\r30  4/4 letters', '\r\x1b[K'],
  ]);
});

it('writes nothing where there is no terminal, or a single one', () => {
  on(false);
  progress(400, 'letters').step();
  on(true);
  progress(1, 'letters').step();
  expect(written).toEqual([]);
});
