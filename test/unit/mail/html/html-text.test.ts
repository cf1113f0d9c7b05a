import { describe, expect, it } from 'vitest';
import { htmlToPlain } from '../../../../src/mail/html/html-text.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

it('marks what is quoted, and keeps the words of links without their targets', () => {
  const text = htmlToPlain(
    '<p>See <a href="https://x.example/">this</a></p><blockquote>old<br>words</blockquote><p>end</p>',
  );
  expect(text).toBe('See this\n\n> old\n> words\n\nend');
});

it('leaves out styles, scripts and pictures', () => {
  expect(htmlToPlain('<style>p{}</style><script>x()</script><p>a<img src="x.png" alt="logo"></p>').trim()).toBe('a');
});

it.each([
  ['div', '<div>'],
  ['quotes', '<blockquote>'],
  ['tables', '<table><tr><td>'],
])('takes a million bytes of nested %s in linear time and loses no word', (_name, tag) => {
  const start = cpuTime();
  const text = htmlToPlain(`<style>hidden</style>${tag.repeat(Math.floor(900_000 / tag.length))}word`);
  expect(text.trim()).toBe('word');
  expect(cpuTime() - start).toBeLessThan(2000);
});

it('keeps every one of many paragraphs', () => {
  expect(htmlToPlain('<p>a</p>'.repeat(50_000)).match(/a/g)).toHaveLength(50_000);
});

describe('a table is read by rows and cells', () => {
  it.each([
    ['a pair', '<table><tr><th>Severity</th><td>2</td></tr></table>', 'Severity: 2'],
    [
      'paragraphs within, and text after it',
      '<table><tr><td>Product</td><td>Vault</td></tr><tr><td>Severity:</td><td><p>2</p></td></tr></table>after',
      'Product: Vault\nSeverity: 2\nafter',
    ],
    [
      'tables within tables',
      '<table><tr><td><table><tr><td>Severity</td><td><table><tr><td><p>2</p></td></tr></table></td></tr></table></td></tr></table>',
      'Severity: 2',
    ],
    [
      'several pairs in a row',
      '<table><tr><td>Schweregrad</td><td>1</td><td>Telefon</td><td>123</td></tr></table>',
      'Schweregrad: 1\nTelefon: 123',
    ],
    [
      'labels above their values',
      '<table><tr><th>Product</th><th>Severity</th></tr><tr><td>Vault</td><td>2</td></tr></table>',
      'Product: Vault\nSeverity: 2',
    ],
    [
      'a list of definitions',
      '<dl><dt>Gravedad</dt><dd>2</dd><dt>Teléfono</dt><dd>12</dd></dl>',
      'Gravedad: 2\nTeléfono: 12',
    ],
    ['cells that nobody closed', '<table><tr><td>重大度<td>2<tr><td>電話<td>03</table>', '重大度: 2\n電話: 03'],
    ['a French colon', '<table><tr><td>Gravité&nbsp;:</td><td>&nbsp;2</td></tr></table>', 'Gravité\u00a0: 2'],
    [
      'a value of several lines',
      '<table><tr><td>Symptoms</td><td><p>hums</p><p>stops</p></td></tr></table>',
      'Symptoms: hums\nstops',
    ],
    [
      'other words',
      '<p>Hi</p><table><tr><td>One</td><td>Two</td></tr><tr><td>Three</td></tr></table><p>bye</p>',
      'Hi\n\nOne Two\nThree\n\nbye',
    ],
    [
      'a layout',
      '<table><tr><td>Hello,<br>first<br>second</td></tr><tr><td>foot</td></tr></table>',
      'Hello,\nfirst\nsecond\nfoot',
    ],
    ['a quote within', '<table><tr><td><blockquote>old<br>words</blockquote></td></tr></table>', '> old\n> words'],
    ['what stands loose', '<table>loose<tr><td>a</td>b</tr><p>below</p></table>', 'loose\na b\nbelow'],
    ['rows without a table', '<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>', 'a b\nc'],
  ])('%s', (_name, html, text) => expect(htmlToPlain(html).replace(/ +$/gm, '')).toBe(text));
});

describe('what is not shown is no text', () => {
  it.each([
    ['display', '<div style="display:none">x</div>'],
    ['display in capitals', '<DIV STYLE="color:red; DISPLAY : None !important">x</DIV>'],
    ['visibility', '<p style="visibility:hidden">x</p>'],
    ['size 0', '<span style="font-size:0">x</span>'],
    ['size 0px', '<span style="FONT-SIZE: 0px;line-height:0">x</span>'],
    ['a size nobody reads', '<span style="font-size:1px;color:#fff">x</span>'],
    ['size 0 by shorthand', '<span style="font:0/0 a">x</span>'],
    ['size of nothing', '<div style="font-size:0"><span style="font-size:1.2em">x</span></div>'],
    ['mso-hide', "<span style='mso-hide:all'>x</span>"],
    ['an attribute', '<div hidden>x</div>'],
    ['a preheader of no height', '<div style="max-height:0px;overflow:hidden;">x</div>'],
    ['a preheader nobody sees through', '<div style="opacity:0">x</div>'],
    ['what stands far away', '<div style="position:absolute;left:-9999px">x</div>'],
    ['a class', '<style>p{color:red} .pre, td.y { display:none }</style><div class="a pre">x</div>'],
    ['an id', '<style>#pre{display:none!important}</style><div id="pre" style="display:block">x</div>'],
    ['what is within', '<div style="display:none"><table><tr><td>Severity</td><td>1</td></tr></table></div>'],
    ['a row', '<table><tr style="display:none"><td>x</td></tr></table>'],
    ['a template', '<template>x</template>'],
  ])('%s', (_name, html) => expect(htmlToPlain(`<p>a</p>${html}<p>b</p>`).replace(/\s+/g, ' ')).toBe('a b'));

  it.each([
    [
      'a cell of size 0 around text of its own size',
      '<div style="font-size:0px"><div style="font-size:13px">x</div></div>',
    ],
    ['one made visible again', '<div style="visibility:hidden"><b style="visibility:visible">x</b></div>'],
    ['a class that is hidden on paper only', '<style>@media print { .p { display:none } }</style><p class="p">x</p>'],
    ['a class whose style is taken back', '<style>.p{display:none}</style><p class="p" style="display:block">x</p>'],
    ['a later rule', '<style>.p{display:none} .p{display:block}</style><p class="p">x</p>'],
    ['a height with what flows over it', '<div style="height:0">x</div>'],
    ['a size of 10px', '<div style="font-size:10px;opacity:0.9">x</div>'],
    ['something called hidden', '<div class="hidden" id="none" title="display:none">x</div>'],
    ['a text after the end of the page', '<html><head><title>t</title></head><body><p>y</p></body></html><p>x</p>'],
    ['a body in a head that nobody closed', '<html><head><body><p>x</p></body></html>'],
  ])('but %s is', (_name, html) => expect(htmlToPlain(html)).toContain('x'));
});

it.each([
  ['comments that nobody closed', `<style>${'/*'.repeat(400_000)}</style>`],
  ['rules that nobody closed', `<style>${'.a{'.repeat(300_000)}</style>`],
  ['rules for screens within rules for screens', `<style>${'@media{'.repeat(100_000)}</style>`],
  ['styles', '<i style="display:;font-size:1em;height:0">x</i>'.repeat(18_000)],
  ['classes', `<style>.a{display:block}</style>${`<i class="${'a '.repeat(30)}">x</i>`.repeat(8_000)}`],
  ['cells', `<table><tr>${'<td>a</td>'.repeat(90_000)}</tr></table>`],
  ['rows', `<table>${'<tr><td>Severity</td><td>2</td></tr>'.repeat(25_000)}</table>`],
  ['tables within tables, with much text', `${'<table><tr><td>'.repeat(190)}${'word '.repeat(180_000)}`],
  ['loose words in tables', `<table>${'a<b>c</b>'.repeat(90_000)}</table>`],
])('takes a million bytes of %s in little time', (_name, html) => {
  const start = cpuTime();
  htmlToPlain(`${html}<p>end</p>`);
  expect(cpuTime() - start).toBeLessThan(3000);
});
