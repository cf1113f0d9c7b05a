/** Templates as acts see them. */
import type { TemplateNeeds, TemplateRecords } from '../../acts/templates/records.ts';
import type { Database } from '../../store/database.ts';
import { recentLetters } from '../../store/templates/letter-values.ts';
import { addedLanguages, keptTemplates, versionOf, versionsOf } from '../../store/templates/versions.ts';
import type { LetterValues } from './letter-values.ts';
import type { TemplatesInUse } from './templates-in-use.ts';

export type TemplateDeps = {
  readonly database: Database;
  /** Undefined where templates are not changed. */
  readonly templates?: TemplatesInUse;
  readonly letterValues?: Pick<LetterValues, 'keep'>;
};

export async function templateRecords(
  { database, templates, letterValues }: TemplateDeps,
  { template, templateLanguage }: TemplateNeeds,
): Promise<TemplateRecords> {
  if (!templates || (!template && templateLanguage === undefined)) return {};
  const { shipped } = templates;
  const languages = await addedLanguages(database);
  if (templateLanguage !== undefined) {
    const kept = await keptTemplates(database);
    return {
      templateLanguage: {
        shipped: Object.keys(shipped.letters),
        added: languages.includes(templateLanguage),
        templates: kept.filter(({ language }) => language === templateLanguage).length,
      },
    };
  }
  if (!template) return {};
  await letterValues?.keep();
  const [[newest = null], version, recent] = await Promise.all([
    versionsOf(database, { ...template, most: 1 }),
    template.version === undefined ? null : versionOf(database, template.version, template),
    recentLetters(database, template.name),
  ]);
  return { template: { shipped, languages, newest, version, recent: recent.map(({ letter }) => letter) } };
}
