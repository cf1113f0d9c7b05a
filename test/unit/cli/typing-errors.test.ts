import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { postern } from '../../support/typed-here.ts';

const main = resolve(import.meta.dirname, '../../../src/cli/main.ts');
/** The process itself, once; elsewhere what it runs. */
const run = (...line: string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [main, ...line], { encoding: 'utf8', cwd: '/' });
  return { status, stderr };
};

describe('a command that is mistyped', () => {
  it.each([
    [['cass'], 'there is no command "cass"; did you mean "case"?'],
    [['lettres'], 'did you mean "letters"?'],
    [['regist'], 'did you mean "registry"?'],
    [['letters', 'pase'], 'there is no "letters pase"; did you mean "letters pause"?'],
    [['mail', 'hold'], 'did you mean "mail held"?'],
  ])('%j is named with what is near, and is wrong use', async (line, says) => {
    const { code, err } = await postern('/', {}, ...line);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
  it('is named alone where nothing is near', () => {
    expect(run('xyzzyqq')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^error: there is no command "xyzzyqq"\n/),
    });
  });
});
