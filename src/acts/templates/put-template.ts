import { z } from 'zod';
import { countDifferences } from '../../outbound/templates/differences.ts';
import { faultSays } from '../../outbound/templates/in-use.ts';
import { fileOf, hashOf, type TemplateText, textOf, tidy } from '../../outbound/templates/text.ts';
import { tryTemplate } from '../../outbound/templates/try-template.ts';
import { type Act, refused } from '../act.ts';
import { ofTemplate, onTemplate, seenVersion } from './on-template.ts';

const input = z.strictObject({
  ...ofTemplate,
  subject: z.string().max(4_000).optional().describe('the subject; left out of a part of letters'),
  body: z.string().min(1).max(60_000).describe('the text, in Markdown'),
});

const same = (one: TemplateText, other: TemplateText): boolean => fileOf(one) === fileOf(other);

/** Issue 18.1: nothing counts that does not check, on examples and on the last letters of its kind (decision 0080). */
export const putTemplate: Act<z.infer<typeof input>> = {
  name: 'put-template',
  input,
  right: 'templates: update',
  does: 'changes the template of a letter in one language, once it has been checked and tried on the last letters of its kind',
  gives: { changes: ['template-put'], letters: [] },
  needs: ({ language, name }) => ({ template: { language, name } }),
  judge(asked, records, given) {
    const on = onTemplate(asked, records, given);
    if ('kind' in on) return on;
    const { name, record } = on;
    const { language, why } = asked;
    const { shipped, newest, recent } = record;
    const text = tidy({
      subject: asked.subject ?? (textOf(shipped, 'en', name)?.subject === null ? null : ''),
      body: asked.body,
    });
    const original = textOf(shipped, language, name);
    const now = newest?.body != null ? { subject: newest.subject, body: newest.body } : original;
    if (now !== null && same(now, text)) return refused('conflict', 'It says this already.');
    const tried = tryTemplate({ shipped, language, name, text, recent });
    if (tried.faults.length > 0) {
      const many = tried.faults.length === 1 ? 'one thing is' : `${tried.faults.length} things are`;
      return refused('bad-input', `Not saved, ${many} wrong. ${tried.faults.map(faultSays).join(' ')}`);
    }
    const { by, now: at } = given;
    const differs = original === null ? null : countDifferences(fileOf(original), fileOf(text));
    return {
      kind: 'done',
      changes: [
        {
          ...{ kind: 'template-put', language, name, ...text, why, tried: tried.recent, differs, at, by },
          shippedHash: hashOf(original),
          seen: newest?.id ?? null,
          from: seenVersion(record),
        },
      ],
      letters: [],
    };
  },
};
