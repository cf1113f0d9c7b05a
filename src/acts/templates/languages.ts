/** Languages of letters beside those that are shipped: what has no template in one is sent in English. */
import { z } from 'zod';
import { languageForm } from '../../outbound/templates/text.ts';
import { type Act, refused } from '../act.ts';
import { isRefusal, staffFor } from '../as-staff.ts';

const input = z.strictObject({
  language: z
    .string()
    .regex(languageForm, 'a language is written as pt or pt-BR')
    .describe('the language, such as pt or pt-BR'),
});

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
/** Undefined: it is none. */
function nameOf(language: string): string | undefined {
  try {
    return names.of(language);
  } catch {
    return undefined;
  }
}

/** As sites have it, too: `pt-BR`, not `pt-br`. */
const asWritten = (language: string): string => Intl.getCanonicalLocales(language)[0] ?? language;

export const addLanguage: Act<z.infer<typeof input>> = {
  name: 'add-language',
  input,
  right: 'all templates: update',
  does: 'adds a language in which templates of letters can be written; what has none is sent in English',
  gives: { changes: ['language-added'], letters: [] },
  needs: ({ language }) => ({ templateLanguage: language }),
  judge({ language }, { templateLanguage: record }, given) {
    const who = staffFor(given, 'all templates: update');
    if (isRefusal(who)) return who;
    const called = nameOf(language);
    if (called === undefined)
      return refused('bad-input', `“${language}” is no language that is known, such as pt or pt-BR.`);
    if (asWritten(language) !== language)
      return refused('bad-input', `It is written ${asWritten(language)}, as in the registry.`);
    if (record?.shipped.includes(language) || record?.added)
      return refused('conflict', `Letters can be written in ${called} already.`);
    return {
      kind: 'done',
      changes: [{ kind: 'language-added', language, called, at: given.now, by: given.by }],
      letters: [],
    };
  },
};

export const removeLanguage: Act<z.infer<typeof input>> = {
  name: 'remove-language',
  input,
  right: 'all templates: update',
  does: 'takes away a language that was added, and in which no template counts',
  gives: { changes: ['language-removed'], letters: [] },
  needs: ({ language }) => ({ templateLanguage: language }),
  judge({ language }, { templateLanguage: record }, given) {
    const who = staffFor(given, 'all templates: update');
    if (isRefusal(who)) return who;
    if (!record?.added) return refused('not-found', `“${language}” was not added here.`);
    const { templates } = record;
    if (templates > 0)
      return refused(
        'conflict',
        `${templates} ${templates === 1 ? 'template counts' : 'templates count'} in it: let English take ${templates === 1 ? 'its' : 'their'} place first.`,
      );
    const called = nameOf(language) ?? language;
    return {
      kind: 'done',
      changes: [{ kind: 'language-removed', language, called, at: given.now, by: given.by }],
      letters: [],
    };
  },
};
