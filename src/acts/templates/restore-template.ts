import { z } from 'zod';
import { faultSays } from '../../outbound/templates/in-use.ts';
import { fileOf, hashOf, textOf } from '../../outbound/templates/text.ts';
import { tryTemplate } from '../../outbound/templates/try-template.ts';
import { type Act, refused } from '../act.ts';
import { ofTemplate, onTemplate, seenVersion } from './on-template.ts';

const input = z.strictObject({
  ...ofTemplate,
  to: z
    .string()
    .regex(/^\d{1,18}$|^shipped$/, 'a version is a number, or “shipped”')
    .default('shipped')
    .describe('the version that counts again, by its number; left out: the shipped one'),
});

export const restoreTemplate: Act<z.infer<typeof input>> = {
  name: 'restore-template',
  input,
  right: 'templates: update',
  does: 'lets the shipped template of a letter count again, or a version of before',
  gives: { changes: ['template-put', 'template-restored'], letters: [] },
  needs: ({ language, name, to }) => ({ template: { language, name, ...(to === 'shipped' ? {} : { version: to }) } }),
  judge(asked, records, given) {
    const on = onTemplate(asked, records, given);
    if ('kind' in on) return on;
    const { name, record } = on;
    const { language, why, to } = asked;
    const { shipped, newest, version, recent } = record;
    const { by, now: at } = given;
    const seen = newest?.id ?? null;
    const from = seenVersion(record);
    if (to === 'shipped') {
      if (from === 'shipped') return refused('conflict', 'The shipped one counts already.');
      const back = textOf(shipped, language, name) === null ? 'en' : language;
      return {
        kind: 'done',
        changes: [{ kind: 'template-restored', language, name, fallsBackTo: back, why, seen, from, at, by }],
        letters: [],
      };
    }
    if (version?.body == null) return refused('not-found', `There is no version ${to} of this template.`);
    const { subject, body } = version;
    if (newest?.body != null && fileOf({ subject: newest.subject, body: newest.body }) === fileOf({ subject, body }))
      return refused('conflict', 'It says this already.');
    const tried = tryTemplate({ shipped, language, name, text: { subject, body }, recent });
    if (tried.faults.length > 0)
      return refused('conflict', `That version does not check any more. ${tried.faults.map(faultSays).join(' ')}`);
    const original = textOf(shipped, language, name);
    return {
      kind: 'done',
      changes: [
        {
          ...{ kind: 'template-put', language, name, subject, body, why, tried: tried.recent, differs: null, at, by },
          ...{ shippedHash: hashOf(original), seen, from, again: to },
        },
      ],
      letters: [],
    };
  },
};
