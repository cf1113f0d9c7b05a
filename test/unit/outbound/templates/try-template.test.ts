import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LetterTemplate, letterTemplates } from '../../../../src/outbound/letter.ts';
import { renderLetter } from '../../../../src/outbound/rendering/render.ts';
import { sampleLetters } from '../../../../src/outbound/sample-letters.ts';
import { countDifferences, differences } from '../../../../src/outbound/templates/differences.ts';
import { faultSays, faultsOfKept, inUse, type KeptTemplate } from '../../../../src/outbound/templates/in-use.ts';
import { instructionsOf, scan } from '../../../../src/outbound/templates/scan.ts';
import {
  fileOf,
  hashOf,
  languagesOf,
  readTemplate,
  type TemplateName,
  type TemplateText,
  templateNames,
  textOf,
  tidy,
  withText,
} from '../../../../src/outbound/templates/text.ts';
import { tryTemplate } from '../../../../src/outbound/templates/try-template.ts';
import type { ToRender } from '../../../../src/outbound/templates/views.ts';
import { templates as shipped } from '../letters.ts';

const textOfShipped = (name: TemplateName, language = 'en'): TemplateText => {
  const text = textOf(shipped, language, name);
  if (text === null) throw new Error(`no ${language}/${name}`);
  return text;
};
const faultsOf = (
  text: TemplateText,
  name: TemplateName,
  language = 'en',
  recent: readonly ToRender[] = [],
): string[] => tryTemplate({ shipped, language, name, text, recent }).faults.map(faultSays);

const ack = textOfShipped('acknowledgement');
const pin = textOfShipped('pin-needed');
const changed = (text: TemplateText, from: string | RegExp, to: string): TemplateText => {
  const body = text.body.replace(from, to);
  if (body === text.body) throw new Error(`nothing was changed: ${from}`);
  return { ...text, body };
};

describe('what is shipped', () => {
  it.each(languagesOf(shipped).flatMap((language) => templateNames.map((name) => [language, name] as const)))(
    '%s/%s checks as it is',
    (language, name) => {
      expect(faultsOf(textOfShipped(name, language), name, language)).toEqual([]);
    },
  );
});

/** Each way with what is said of it. */
const broken: readonly (readonly [string, TemplateName, TemplateText, RegExp])[] = [
  ['without a subject', 'acknowledgement', { ...ack, subject: '' }, /Subject: It has no subject/],
  [
    'with a line break in its subject',
    'acknowledgement',
    { ...ack, subject: `${ack.subject}\r\nBcc: all@customers.example` },
    /Subject: The subject has a line break; a header is one line/,
  ],
  [
    'with a subject without the number of the case',
    'acknowledgement',
    { ...ack, subject: 'We have your message {{ title }}' },
    /\[Case \{\{ … \}\}\] is missing: by it answers find their case/,
  ],
  [
    'with a subject that is cut',
    'acknowledgement',
    { ...ack, subject: `${'very '.repeat(90)}${ack.subject}` },
    /Subject: The subject comes out longer than 400 characters/,
  ],
  ['without a text', 'acknowledgement', { ...ack, body: '\n' }, /It has no text/],
  [
    'with a value that is none of this letter',
    'acknowledgement',
    changed(ack, '{{ due }}', '{{ dew }}'),
    /Line \d+: \{\{ dew \}\} is no value of this letter\. Did you mean "due"\?/,
  ],
  [
    'without a value that it has to say',
    'acknowledgement',
    changed(ack, '{{ due }}', 'soon'),
    /\{\{ due \}\} is missing: the letter has to say it/,
  ],
  [
    'with a condition that is not closed',
    'acknowledgement',
    changed(ack, '{%- endunless %}', ''),
    /What stands in braces cannot be read/,
  ],
  [
    'with braces that are not closed',
    'acknowledgement',
    changed(ack, '{{ due }}', '{{ due }'),
    /Line \d+: What stands in braces cannot be read/,
  ],
  [
    'with a tag that reads other files',
    'acknowledgement',
    changed(ack, 'Kind regards', '{% include "../../.env" %}'),
    /Line \d+: \{% include %\} is not used in letters/,
  ],
  [
    'with a filter that takes a value as it is',
    'acknowledgement',
    changed(ack, '{{ due }}', '{{ due | raw }}'),
    /Line \d+: The filter “raw” is not used in letters/,
  ],
  [
    'with a loop that does not end for long',
    'acknowledgement',
    changed(ack, 'Kind regards', '{% for i in (1..99999999) %}x{% endfor %}Kind regards'),
    /Line \d+: A loop goes over a list of values, not over numbers/,
  ],
  [
    'with loops within loops within loops',
    'acknowledgement',
    changed(ack, 'Kind regards', `${'{% for a in missing %}'.repeat(5)}x${'{% endfor %}'.repeat(5)}Kind regards`),
    /Loops stand within each other at most 3 deep/,
  ],
  [
    'with a case of a value that never is',
    'acknowledgement',
    changed(ack, "when 'trial'", "when 'trail'"),
    /Line \d+: lowered is never “trail”\. Did you mean "trial"\?/,
  ],
  [
    'without a case that it has to treat',
    'acknowledgement',
    changed(ack, /\{%- when 'preview' -%\}[^{]*/, ''),
    /It says nothing of the case that lowered is “preview”/,
  ],
  [
    'without the word that is read in an answer',
    'how-to-leave',
    { subject: null, body: 'You get this because you take part in this case. Tell us to end it.' },
    /The instruction `LEAVE` is missing/,
  ],
  [
    'without the word PIN',
    'pin-needed',
    { ...pin, body: pin.body.replaceAll('PIN', 'number') },
    /It does not say PIN any more/,
  ],
  ['without its box', 'pin-needed', changed(pin, /^> /m, ''), /The box is missing/],
  ['with HTML', 'acknowledgement', changed(ack, 'Kind regards', '<b>Kind regards</b>'), /HTML is shown as it is typed/],
  [
    'with a picture from elsewhere',
    'acknowledgement',
    changed(ack, 'Kind regards', '![](https://track.example/x.gif)\n\nKind regards'),
    /A picture is not sent with letters/,
  ],
  [
    'with a link to an address that is not secured',
    'acknowledgement',
    changed(ack, 'Kind regards', '[here](http://desk.example)\n\nKind regards'),
    /The link to http:\/\/desk\.example is neither https:, mailto: nor tel:/,
  ],
  [
    'with a link to what a customer wrote',
    'acknowledgement',
    changed(ack, 'Kind regards', '[here]({{ title }})\n\nKind regards'),
    /A link leads to \{\{ title \}\}/,
  ],
  [
    'with a character that nobody sees',
    'acknowledgement',
    changed(ack, 'Kind regards', 'Kind\u202E regards'),
    /Line \d+: There is a character that cannot be seen \(U\+202E\)/,
  ],
  [
    'with bold letters that do not end',
    'acknowledgement',
    changed(ack, 'Kind regards', '**Kind regards'),
    /A mark of Markdown or a brace is left/,
  ],
  [
    'with a line that is far too long',
    'acknowledgement',
    changed(ack, 'Kind regards', `${'word '.repeat(1_000)}\n\nKind regards`),
    /A line comes out [\d,]+ characters long/,
  ],
  [
    'of one paragraph, where a last letter says something besides',
    'pin-needed',
    { ...pin, body: pin.body.replaceAll(/\n+/g, ' ') },
    /It is one paragraph/,
  ],
  [
    'with a numbered list',
    'acknowledgement',
    changed(ack, 'Kind regards', '1. one\n2. two\n\nKind regards'),
    /numbered list/,
  ],
  [
    'longer than any letter',
    'acknowledgement',
    { ...ack, body: `${ack.body}${'x y\n'.repeat(10_000)}` },
    /longer than 40,000/,
  ],
];

describe('a template that is broken', () => {
  it.each(broken)('%s is not taken, and it is said why', (_, name, text, says) => {
    expect(faultsOf(text, name).join('\n')).toMatch(says);
  });
  it('in many ways is told all of them at once, with their lines', () => {
    const text = changed(changed(ack, '{{ due }}', 'soon'), 'Kind regards', '<b>Kind regards</b> {{ nobody }}');
    const faults = faultsOf({ ...text, subject: '' }, 'acknowledgement');
    expect(faults.length).toBeGreaterThanOrEqual(4);
  });
  it('never throws, whatever it is', () => {
    const parts = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      ' if ',
      'endif',
      'due',
      '\n\n',
      '> ',
      '`',
      '**',
      '|',
      '(1..9)',
      'case',
      "'a'",
      '[',
      '](',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string({ maxLength: 8 })), { maxLength: 30 }), (some) => {
        expect(faultsOf({ ...ack, body: some.join('') }, 'acknowledgement').length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a template that is changed', () => {
  it('in its words alone is taken', () => {
    const text = changed(ack, 'Kind regards', 'With best wishes');
    expect(faultsOf(text, 'acknowledgement')).toEqual([]);
    const templates = withText(shipped, { language: 'en', name: 'acknowledgement', text });
    const [letter] = sampleLetters;
    if (!letter) throw new Error('no sample');
    expect(renderLetter(templates, letter, ['en']).text).toContain('With best wishes');
    expect(renderLetter(shipped, letter, ['en']).text).toContain('Kind regards');
  });
  it('is tried on the letters of late, and told what they would become', () => {
    const recent = sampleLetters.filter(({ template }) => template === 'acknowledgement').slice(0, 3);
    const tried = tryTemplate({ shipped, language: 'en', name: 'acknowledgement', text: ack, recent });
    expect(tried).toEqual({ faults: [], recent: 3 });
  });
  it('in a language that is added is held against the English one', () => {
    const text = { ...ack, body: ack.body.replace('Kind regards', 'Com os melhores cumprimentos') };
    expect(faultsOf(text, 'acknowledgement', 'pt')).toEqual([]);
    expect(faultsOf({ ...text, body: 'Olá {{ number }}' }, 'acknowledgement', 'pt').join()).toMatch(
      /due .* is missing/,
    );
  });
  it('is a part of letters, and stands in the next one', () => {
    const body = 'You take part in this. Reply with `LEAVE` to end it.\n';
    const text = { subject: null, body };
    expect(faultsOf(text, 'how-to-leave')).toEqual([]);
    const [letter] = sampleLetters;
    const templates = withText(shipped, { language: 'en', name: 'how-to-leave', text });
    const wrote = { ...letter, howToLeave: true } as ToRender;
    expect(renderLetter(shipped, wrote, ['en']).text).not.toContain('You take part in this.');
    expect(renderLetter(templates, wrote, ['en']).text).toContain('You take part in this.');
  });
});

describe('what was kept through an upgrade', () => {
  const kept = (over: Partial<KeptTemplate> = {}): KeptTemplate => ({
    ...{ id: '7', language: 'en', name: 'acknowledgement', subject: ack.subject, by: 'console for kim@desk.example' },
    ...{
      body: ack.body.replace('Kind regards', 'With best wishes'),
      shippedHash: hashOf(ack),
      at: '2026-11-01T10:00:00Z',
    },
    ...over,
  });
  it('counts as long as it checks', () => {
    const { templates, unused } = inUse(shipped, [kept()]);
    expect(unused).toEqual([]);
    expect(templates.letters.en?.acknowledgement?.body).toContain('With best wishes');
  });
  it('does not where the shipped one says something new, and the shipped one is used', () => {
    const body = ack.body.replace('To add anything', 'Room: {{ targetUnit }}\n\nTo add anything');
    const upgraded = withText(shipped, { language: 'en', name: 'acknowledgement', text: { ...ack, body } });
    const { templates, unused } = inUse(upgraded, [kept()]);
    expect(templates.letters.en?.acknowledgement?.body).toBe(body);
    expect(unused).toMatchObject([{ id: '7', shippedChanged: true }]);
    expect(unused[0]?.faults.join()).toMatch(/\{\{ targetUnit \}\} is missing/);
  });
  it('does not where it names a value that is gone, or a letter that is', () => {
    const gone = kept({ body: ack.body.replace('Kind regards', '{{ gone }}\n\nKind regards') });
    expect(faultsOfKept(shipped, gone).join()).toMatch(/\{\{ gone \}\} is no value/);
    expect(inUse(shipped, [gone]).templates).toBe(shipped);
    expect(faultsOfKept(shipped, kept({ name: 'letter-of-old' }))).toEqual([
      'There is no letter of this name any more.',
    ]);
  });
});

describe('what is read of a template', () => {
  it('are values by their paths, also within loops, with their lines', () => {
    const { values, asked, cases } = scan(
      "{{ a }}\n{% for one in cases %}{{ one.title }}{% if one.kind == 'x' %}{{ forloop.index }}{% endif %}{% endfor %}\n{{ cases.first.number }} {% case b.c %}{% when 'y', 'z' %}{% endcase %}",
    );
    expect([...values]).toEqual([
      ['a', { line: 1 }],
      ['cases[].title', { line: 2 }],
      ['cases[].number', { line: 3 }],
    ]);
    expect([...asked.keys()]).toEqual(['cases', 'cases[].kind', 'b.c']);
    expect([...cases.keys()]).toEqual(['cases[].kind = x', 'b.c = y', 'b.c = z']);
  });
  it('are instructions, without what follows them', () => {
    expect([...instructionsOf('`SEVERITY 2` `CONTACTS CONFIRM` `name:` `{{ one }}` `2` `AUSTRETEN`').keys()]).toEqual([
      'SEVERITY',
      'CONTACTS CONFIRM',
      'name:',
      'AUSTRETEN',
    ]);
  });
});

describe('a template as a file', () => {
  it('comes back as it was', () => {
    for (const name of Object.keys(letterTemplates) as LetterTemplate[]) {
      const text = textOfShipped(name);
      expect(readTemplate(name, fileOf(text))).toEqual(text);
    }
    expect(() => readTemplate('alert', 'no front matter')).toThrow(/does not begin/);
    expect(() => readTemplate('alert', '---\nsubject: "a"b"\n---\nx')).toThrow(/one string in double quotes/);
  });
  it('is tidied in the same way however often', () => {
    fc.assert(
      fc.property(fc.string(), (body) => {
        const once = tidy({ subject: 'x', body });
        expect(tidy(once)).toEqual(once);
      }),
    );
  });
});

describe('differences', () => {
  it('are lines that are gone and new, with where they stand', () => {
    expect(differences('a\nb\nc\n', 'a\nx\nc\n')).toEqual([
      { kind: 'same', text: 'a', before: 1, after: 1 },
      { kind: 'gone', text: 'b', before: 2, after: null },
      { kind: 'new', text: 'x', before: null, after: 2 },
      { kind: 'same', text: 'c', before: 3, after: 3 },
    ]);
    expect(countDifferences('a\nb\n', 'a\nc\n')).toBe(1);
  });
  it('give both texts back', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const [before, after] = [`${one.join('\n')}\n`, `${other.join('\n')}\n`];
        const found = differences(before, after);
        const side = (but: string) => found.filter(({ kind }) => kind !== but).map(({ text }) => text);
        expect(side('new')).toEqual(one);
        expect(side('gone')).toEqual(other);
      }),
    );
  });
});
