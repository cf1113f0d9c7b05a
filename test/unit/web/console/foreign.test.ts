/** HTML of others, made safe for its frame. */
import { describe, expect, it } from 'vitest';
import { privilegedPinOf } from '../../../../src/foundation/pin-form.ts';
import { foreignDocument } from '../../../../src/web/console/mails/foreign.ts';
import { hostilePayloads } from '../../../support/mails/hostile-payloads.ts';

const bodyOf = (html: string): string => /<body>(.*)<\/body>/s.exec(foreignDocument(html))?.[1] ?? '';

describe('HTML of others', () => {
  it.each([
    ['<p>Hello <b>there</b></p>', '<p>Hello <b>there</b></p>'],
    ['<a href="https://x.example/?a=1&b=2">ours</a>', '<a data-to="https://x.example/?a=1&amp;b=2">ours</a>'],
    ['<a name="top">x</a>', '<a>x</a>'],
    ['<img src="https://x.example/a.png" alt="a cat">', '<span class="postern-picture">picture: a cat</span>'],
    ['<img src="https://x.example/a.png">', '<span class="postern-picture">picture</span>'],
    ['<p style="color: red; position: fixed; background: url(x)">x</p>', '<p style="color:red">x</p>'],
    ['<style>a[data-to]::after{display:none}</style><p>x</p>', '<p>x</p>'],
    [
      '<table bgcolor="red" background="x.png"><tr><td>1</td></tr></table>',
      '<table bgcolor="red"><tr><td>1</td></tr></table>',
    ],
    ['a < b &amp; c', 'a &lt; b &amp; c'],
  ])('%s', (given, shown) => expect(bodyOf(given)).toBe(shown));

  it('holds nothing that runs or is fetched, whatever it is', () => {
    for (const payload of hostilePayloads('http://127.0.0.1:9')) {
      const shown = bodyOf(`<p>x</p>${payload}<p>y</p>`);
      const tags = shown.match(/<[^>]*>/g) ?? [];
      for (const tag of tags)
        expect(tag, payload).not.toMatch(
          /^<\/?(?:script|style|iframe|object|embed|link|meta|base|form|input|button|svg|math|video|audio|img)|\s(?:on\w+|src|srcset|href|background|action|hx-[\w-]+|data-hx[\w-]*|data-key|class="(?!postern))|url\(/i,
        );
    }
  });

  it('covers a privileged PIN', () => {
    const pin = privilegedPinOf('7Q2M9X4K') ?? '';
    expect(pin).toHaveLength(10);
    expect(bodyOf(`<p>It is ${pin}</p>`)).not.toContain(pin);
  });

  it('takes a mail that is all tags without falling over', () => {
    expect(bodyOf('<div>'.repeat(20_000)).length).toBeGreaterThan(0);
  });
});
