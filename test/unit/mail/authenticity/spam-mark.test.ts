import { describe, expect, it } from 'vitest';
import { isMarkedSpam, readSpamMark } from '../../../../src/mail/authenticity/spam-mark.ts';

const marked = (wanted: string, ...lines: string[]) => {
  const mark = readSpamMark(wanted);
  return (
    mark !== null &&
    isMarkedSpam(
      lines.map((line) => ({
        name: line.slice(0, line.indexOf(':')).toLowerCase(),
        value: line.slice(line.indexOf(':') + 1),
      })),
      [mark],
    )
  );
};

describe('the mark of spam', () => {
  it.each([
    ['X-Spam-Flag: YES', 'X-Spam-Flag: YES'],
    ['x-spam-flag:yes', 'X-Spam-Flag:  Yes '],
    ['X-Spam-Status: Yes', 'X-Spam-Status: Yes, score=9.1 required=5.0'],
    ['X-Spam', 'X-Spam: anything'],
    ['X-Spam-Level: *****', 'X-Spam-Level: *******'],
    ['X-MS-Exchange-Organization-SCL: 9', 'X-MS-Exchange-Organization-SCL: 9'],
    ['X-Spam-Action: rewrite subject', 'X-Spam-Action: rewrite subject'],
  ])('%j is found in %j', (wanted, line) => expect(marked(wanted, 'Subject: x', line)).toBe(true));
  it.each([
    ['X-Spam-Flag: YES', 'X-Spam-Flag: NO'],
    ['X-Spam-Flag: YES', 'X-Spam-Flag: YESTERDAY'],
    ['X-Spam-Flag: YES', 'X-Spam-Flags: YES'],
    ['X-Spam-Flag: YES', 'Subject: X-Spam-Flag: YES'],
    ['X-MS-Exchange-Organization-SCL: 5', 'X-MS-Exchange-Organization-SCL: 55'],
    ['X-Spam-Level: *****', 'X-Spam-Level: ***'],
    ['X-Spam-Status: Yes', 'X-Spam-Status: No, Yes was said before'],
    ['X-Spam-Status: Yes', 'X-Spam-Status: No, score=-1.2'],
  ])('%j is not found in %j', (wanted, line) => expect(marked(wanted, line)).toBe(false));
  it('is one line of a header', () => {
    for (const text of ['', 'X Spam: YES', ': YES', 'X-Spam-Flag=YES now']) expect(readSpamMark(text)).toBeNull();
    expect(isMarkedSpam([{ name: 'x-spam-flag', value: 'YES' }], [])).toBe(false);
  });
});
