import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { postern } from '../../support/processes/typed-here.ts';

const main = resolve(import.meta.dirname, '../../../src/cli/main.ts');
/** The process itself, once; elsewhere what it runs. */
const run = (...line: string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [main, ...line], { encoding: 'utf8', cwd: '/' });
  return { status, stderr };
};

describe('the help of an act', () => {
  it('says what its fields are', () => {
    const { stdout } = spawnSync(process.execPath, [main, 'act', 'set-kind', '--help'], { encoding: 'utf8', cwd: '/' });
    expect(stdout).toContain(
      'Fields, each as name=value:\n  case=        the number of the case\n  kind=        incident|',
    );
    expect(stdout).toContain('may be left out');
  });
});

describe('a command that is mistyped', () => {
  it.each([
    [['cass'], 'there is no command "cass"; did you mean "case"?'],
    [['lettres'], 'did you mean "letters"?'],
    [['regist'], 'did you mean "registry"?'],
    [['letters', 'pase'], 'there is no "letters pase"; did you mean "letters pause"?'],
    [['mail', 'heldd'], 'did you mean "mail held"?'],
  ])('%j is named with what is near, and is wrong use', async (line, says) => {
    const { code, err } = await postern('/', {}, ...line);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
  it.each([
    [['act', 'close-case'], 'error: case is needed'],
    [['act', 'set-severity', 'case=100042', 'severity=9'], 'error: severity: Invalid option'],
    [['act', 'close-case', 'case=100042', 'cse=3'], 'Unrecognized key: "cse"'],
  ])('%j names the field that is wrong', (line, says) => {
    const { status, stderr } = run(...line);
    expect(status).toBe(2);
    expect(stderr).toContain(says);
  });
  it('is named alone where nothing is near', () => {
    expect(run('xyzzyqq')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^error: there is no command "xyzzyqq"\n/),
    });
  });
});
