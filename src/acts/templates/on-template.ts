/** What acts on templates have in common: which one is meant, who may change it, and whether somebody was faster. */
import { z } from 'zod';
import { didYouMean } from '../../foundation/nearest-word.ts';
import { isTemplateName, languageForm, type TemplateName, templateNames } from '../../outbound/templates/text.ts';
import { type Given, type Records, type Refusal, refused } from '../act.ts';
import { isRefusal, staffFor } from '../as-staff.ts';

export const ofTemplate = {
  language: z.string().regex(languageForm, 'a language is written as en or pt-BR').describe('the language'),
  name: z.string().min(1).max(60).describe('the name of the letter'),
  version: z
    .string()
    .regex(/^\d{1,18}$|^shipped$/, 'a version is a number, or “shipped”')
    .optional()
    .describe('the version that it was written from: where another counts by now, nothing is done'),
  why: z.string().trim().min(1).max(500).describe('why'),
};

type Record = NonNullable<Records['template']>;
type OnTemplate = { readonly name: TemplateName; readonly record: Record };

/** Letters about renewals are those of the renewal representatives, too. */
export const isOfRenewals = (name: string): boolean => name.startsWith('renewal-');

export const seenVersion = ({ newest }: Pick<Record, 'newest'>): string =>
  newest === null || newest.body === null ? 'shipped' : newest.id;

export function onTemplate(
  {
    language,
    name,
    version,
  }: { readonly language: string; readonly name: string; readonly version?: string | undefined },
  { template: record }: Records,
  given: Given,
): OnTemplate | Refusal {
  const who = staffFor(given, isOfRenewals(name) ? 'templates: update' : 'all templates: update');
  if (isRefusal(who)) return who;
  if (!record) return refused('conflict', 'Templates cannot be changed by this process.');
  if (!isTemplateName(name))
    return refused('not-found', `There is no letter “${name}”${didYouMean(templateNames, name) || '.'}`);
  const languages = [...Object.keys(record.shipped.letters), ...record.languages];
  if (!languages.includes(language))
    return refused('not-found', `There are no letters in “${language}”: add the language first.`);
  const now = seenVersion(record);
  if (version !== undefined && version !== now) {
    const { newest } = record;
    const by = newest === null ? '' : ` by ${newest.by} at ${newest.at}`;
    return refused(
      'conflict',
      `Somebody was faster: this template was changed${by}, and version ${now} counts now. What you typed is still here; compare it with that one and save it from there.`,
    );
  }
  return { name, record };
}
