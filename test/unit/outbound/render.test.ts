import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Acknowledgement, Letter } from '../../../src/outbound/letter.ts';
import { checkTemplates } from '../../../src/outbound/rendering/check-templates.ts';
import { renderLetter } from '../../../src/outbound/rendering/render.ts';
import { sampleLetters } from '../../../src/outbound/sample-letters.ts';
import { templates } from './letters.ts';

const [sample] = sampleLetters;
if (sample?.template !== 'acknowledgement') throw new Error('the first sample is the acknowledgement');
const render = (values: Partial<Acknowledgement>, language = 'en') =>
  renderLetter(templates, { template: 'acknowledgement', values: { ...sample.values, ...values } }, [language]);

const unescaped = (html: string) =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

describe('what a customer wrote', () => {
  const title = '**x** [y](http://evil.example) <script>alert(1)</script> {{ number }} &amp; `z`';

  it('is shown as it was written, and never read as Markdown, Liquid or HTML', () => {
    const { text, html, subject } = render({ title });
    expect(text).toContain(`Case 100042: ${title}`);
    expect(subject).toBe(`Re: ${title} [Case 100042]`);
    expect(unescaped(html)).toContain(`Case 100042:</strong> ${title}`);
    expect(html).not.toContain('<script');
    expect(html).not.toContain('href="http://evil');
  });

  it('makes no tag and no link of its own, whatever it is', () => {
    const tags = (html: string) => html.match(/<[^>]*>/g)?.filter((tag) => !/^<title|^<\/title/.test(tag)).length;
    const plain = tags(render({ title: 'x' }).html);
    const bits = fc.constantFrom(
      '<',
      '>',
      '"',
      '`',
      '*',
      '_',
      '[a](http://b)',
      '{{',
      '}}',
      '{%',
      '\\',
      '\n',
      '\uE000',
      '\uE0001\uE001',
      '#',
      '> ',
      '- ',
      '<b>',
    );
    fc.assert(
      fc.property(fc.string({ unit: bits, maxLength: 40 }), (odd) => {
        const { html, text } = render({ title: `x${odd}` });
        expect(tags(html)).toBe(plain);
        expect(text.split('\n')).toHaveLength(render({ title: 'x' }).text.split('\n').length);
      }),
      { numRuns: 300 },
    );
  });

  it('leads an answer to no other case', () => {
    expect(render({ title: 'look [Case 999999] and [case 1]' }).subject).toBe('Re: look and [Case 100042]');
  });

  it('is cut where it is long, and the case stays in the subject', () => {
    const { subject } = render({ title: 'ab '.repeat(300) });
    expect(subject).toMatch(/…\s\[Case 100042\]$/);
    expect(subject.length).toBeLessThan(200);
  });
});

describe('the acknowledgement', () => {
  it('names case, severity and the deadline in the time zone of the site', () => {
    const { text } = render({ due: '2026-07-01T12:30:00Z', timezone: 'Europe/Berlin' });
    expect(text).toContain('Case 100042: Workflow stopped unexpectedly');
    expect(text).toContain('Severity: 3 (minimal)');
    expect(text).toMatch(/First answer by: Wednesday, 1 July 2026 at 14:30 /);
    expect(render({ due: '2026-07-01T12:30:00Z', timezone: 'Europe/Berlin' }, 'de').text).toMatch(
      /Erste Antwort bis: Mittwoch, 1. Juli 2026 um 14:30 /,
    );
  });

  it('asks for what is missing and for nothing else', () => {
    expect(render({ missing: ['version'] }).text).toMatch(/reply to this message with:\n\n- its version\n\n/);
    expect(render({ missing: [] }).text).not.toContain('details would help');
  });

  it('gives the phone number for severity 1, with a link that dials it', () => {
    const { text, html } = render({ severity: 1, phone: '+44 20 0000 0000' });
    expect(text).toContain('You reach us at +44 20 0000 0000;');
    expect(html).toContain('href="tel:+442000000000"');
  });

  it('names both cases where it follows up, and the end of support within grace', () => {
    const { text } = render({ follows: sample.values.number, graceSince: '2026-11-15' });
    expect(text).toContain('Follows up on: Case 100042');
    expect(text).toContain('ended on 15 November 2026');
  });

  it('names both cases where the mail named another one by its number', () => {
    const { text } = render({ linked: sample.values.number });
    expect(text).toContain('Linked to: Case 100042');
    expect(text).toContain('names case 100042');
  });

  it('promises no time for a preview', () => {
    const { text } = render({ preview: true });
    expect(text).not.toContain('First answer by');
    expect(text).toContain('without a fixed response time');
  });
});

describe('what somebody has written', () => {
  const quoting = (template: 'case-notice' | 'staff-notice' | 'staff-answer') =>
    sampleLetters.filter((one) => one.template === template).map((one) => renderLetter(templates, one, ['en']));
  it('stands in one box a message, without marks in the HTML and with them in the text', () => {
    const [notice] = quoting('case-notice');
    expect(notice?.html.match(/<blockquote class="said"/g)).toHaveLength(3);
    expect(notice?.html).toMatch(/<blockquote class="said"[^>]*>\n<p[^>]*>It stops again, now at step four\.<\/p>\n<p/);
    expect(notice?.text).toContain('\n  > It stops again, now at step four.\n\n  > The log is enclosed.\n');
  });
  it('keeps a mark of its own, and the facts of a case are no quote', () => {
    const phone = quoting('staff-notice').find(({ text }) => text.includes('  > > Phone: +1'));
    expect(phone?.html).toContain('<br>\n&gt; Phone: +1 555 0199</p>');
    expect(phone?.html).toMatch(/<blockquote style="[^"]*">\n<p[^>]*><strong>Case 100042:/);
  });
  it('has its marks taken out in every language', () => {
    for (const language of Object.keys(templates.letters))
      for (const template of ['case-notice', 'staff-notice', 'staff-answer'] as const)
        for (const letter of sampleLetters.filter((one) => one.template === template))
          expect(renderLetter(templates, letter, [language]).html).not.toMatch(/<p[^>]*>&gt; /);
  });
});

describe('a link with words of its own', () => {
  const closed = sampleLetters.find((one) => one.template === 'case-closed' && one.values.link !== null);
  if (!closed) throw new Error('there is a closed case with a link');
  it.each(Object.keys(templates.letters))('is a button in %s, and stands in brackets in the text', (language) => {
    const { html, text } = renderLetter(templates, closed, [language]);
    expect(html).toMatch(/<a href="https:\/\/desk\.example\/rate\/[^"]+" class="button" style="display:inline-block;/);
    expect(text).toMatch(/[^:：]\s<https:\/\/desk\.example\/rate\/\S+>\n/);
  });
  it('is none where it is an address', () => {
    for (const { template } of [{ template: 'held-answer' }, { template: 'neutral-receipt' }, { template: 'alert' }])
      for (const letter of sampleLetters.filter((one) => one.template === template))
        expect(renderLetter(templates, letter, ['en']).html).not.toContain('class="button"');
  });
});

describe('the language', () => {
  it('falls back from the region to the language and to English', () => {
    expect(render({}, 'de-AT').languages).toEqual(['de']);
    expect(render({}, 'xx').languages).toEqual(['en']);
  });

  it('of the neutral receipt is every one of the operator’s, one below the other', () => {
    const letter: Letter = { template: 'neutral-receipt', values: { support: 's@d.example', access: 'a@d.example' } };
    const { text, languages } = renderLetter(templates, letter, ['en', 'de', 'de-CH']);
    expect(languages).toEqual(['en', 'de']);
    expect(text).toMatch(/has reached us[\s\S]*-----[\s\S]*ist bei uns eingegangen/);
  });
});

describe('the text that asks for a PIN', () => {
  it.each([
    ['en', /reply to this message with your PIN in the first line\./, /That is enough/, /primary contact has it/],
    ['de', /antworten Sie auf diese Nachricht .* Ihre PIN in die erste Zeile/, /Das genügt/, /Hauptansprechperson/],
    ['fr', /répondre à ce message en indiquant votre code PIN/, /Cela suffit/, /contact principal/],
    ['es', /Responda, por favor, a este mensaje con su PIN/, /Con eso basta/, /contacto principal/],
    ['ja', /このメールに返信し、最初の行に PIN を/, /お手続きはこれだけです/, /主担当者の方が/],
  ])(
    '§3.r17 the question for a PIN says in %s how to get it, and that a reply with it is enough',
    (language, ...says: RegExp[]) => {
      const letter: Letter = { template: 'pin-needed', values: { title: 'Stopped', cause: 'none' } };
      const { text } = renderLetter(templates, letter, [language]);
      for (const said of says) expect(text.replaceAll(/[\s>*]+/g, ' ')).toMatch(said);
    },
  );
  it('shows none', () => {
    for (const letter of sampleLetters.filter((one) => one.template === 'pin-needed')) {
      // What was written and is not theirs, days and numbers of their sites are none of their PINs.
      if (letter.template === 'pin-needed' && !['none', 'several'].includes(letter.values.cause)) continue;
      for (const language of Object.keys(templates.letters)) {
        expect(renderLetter(templates, letter, [language]).text).not.toMatch(/[0-9]/);
      }
    }
  });
});

describe('the check before the start', () => {
  // All languages are looked at where the list of those that were is kept: unit/runtime/templates.test.ts.
  const withBody = (body: string) => ({
    ...templates,
    letters: { en: { ...templates.letters.en, 'pin-needed': { subject: 'x', body } } },
  });
  it('finds nothing wrong with ours', () =>
    expect(checkTemplates({ ...templates, letters: { en: templates.letters.en ?? {} } })).toEqual([]));
  it('names a variable that is not there', () => {
    expect(checkTemplates(withBody('{{ tittle }}')).join()).toMatch(/en\/pin-needed: .*tittle/);
  });
  it('names a variable that only one variant uses', () => {
    const faults = checkTemplates(withBody("x {% if cause == 'several' %}{{ nonsense }}{% endif %}"));
    expect(faults.join()).toContain('nonsense');
  });
  it('names a link that a customer’s words would lead', () => {
    expect(checkTemplates(withBody('[x]({{ title }})')).join()).toContain('a link leads to "title"');
  });
  it('names a letter without an English template', () => {
    const { 'pin-needed': _, ...rest } = templates.letters.en ?? {};
    const faults = checkTemplates({ ...templates, letters: { en: rest } });
    expect(faults.join()).toContain('en/pin-needed: there is no such template');
  });
});
