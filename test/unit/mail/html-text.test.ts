import { expect, it } from 'vitest';
import { htmlToPlain } from '../../../src/mail/html-text.ts';

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
  const start = performance.now();
  const text = htmlToPlain(`<style>hidden</style>${tag.repeat(Math.floor(900_000 / tag.length))}word`);
  expect(text.trim()).toBe('word');
  expect(performance.now() - start).toBeLessThan(2000);
});

it('keeps every one of many paragraphs', () => {
  expect(htmlToPlain('<p>a</p>'.repeat(50_000)).match(/a/g)).toHaveLength(50_000);
});
