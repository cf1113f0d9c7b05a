/** What the pages and commands about templates ask. */
import { type RenderedLetter, renderLetter } from '../../outbound/rendering/render.ts';
import type { TemplateFault } from '../../outbound/templates/check-source.ts';
import type { Unused } from '../../outbound/templates/in-use.ts';
import {
  fileOf,
  hashOf,
  isTemplateName,
  languagesOf,
  type TemplateName,
  type TemplateText,
  templateNames,
  textOf,
  tidy,
  withText,
} from '../../outbound/templates/text.ts';
import { tryTemplate } from '../../outbound/templates/try-template.ts';
import { exampleSubject, samplesOf, type ToRender } from '../../outbound/templates/views.ts';
import { recentLetters } from '../../store/templates/letter-values.ts';
import { addedLanguages, keptTemplates, versionsOf, type WrittenVersion } from '../../store/templates/versions.ts';
import type { TemplateDeps } from './records.ts';

export type { TemplateName, TemplateText, Unused, WrittenVersion };

export type ListedTemplate = {
  readonly language: string;
  readonly name: TemplateName;
  /** Where its words come from; `none`: the letter is sent in English. */
  readonly from: 'shipped' | 'changed' | 'unused' | 'none';
  readonly changedAt: string | null;
  readonly changedBy: string | null;
};
export type TemplateList = {
  readonly languages: readonly { readonly language: string; readonly added: boolean }[];
  readonly templates: readonly ListedTemplate[];
};

export type WholeTemplate = {
  readonly language: string;
  readonly name: TemplateName;
  /** Null: there is none in this language. */
  readonly shipped: TemplateText | null;
  /** As it was changed here; null: the shipped one counts. */
  readonly changed: WrittenVersion | null;
  /** What counts, or what a new one would begin with: the shipped English one. */
  readonly text: TemplateText;
  /** `shipped`, or the number of the version. */
  readonly version: string;
  readonly unused: Unused | null;
  /** The shipped one is another than when this one was written. */
  readonly shippedChanged: boolean;
  /** By which it can be looked at. */
  readonly examples: readonly Example[];
  readonly versions: readonly WrittenVersion[];
};

export type Example = { readonly key: string; readonly says: string };

/** Letters on the page; the rest of them stand behind its history. */
const mostVersions = 50;

/** By which variants of a letter are told apart. */
const variants = ['kind', 'why', 'result', 'cause', 'event', 'step', 'reader'] as const;
function variantOf({ values }: ToRender): string {
  const found = variants.map((name) => (values as Readonly<Record<string, unknown>>)[name]);
  const said = found.find((one) => typeof one === 'string');
  return said === undefined ? '' : `: ${String(said).replaceAll('-', ' ')}`;
}

const exampleKeys = (name: TemplateName, recent: readonly { readonly id: string }[]): readonly Example[] => [
  ...samplesOf(name).map((one, i) => ({ key: `example-${i + 1}`, says: `Example ${i + 1}${variantOf(one)}` })),
  ...recent.map(({ id }) => ({ key: `letter-${id}`, says: `Letter ${id}, as it was written` })),
];

export type TemplateTried = { readonly faults: readonly TemplateFault[]; readonly recent: number };

export function openTemplatePages({ database, templates, letterValues }: TemplateDeps) {
  const { shipped, unused } = templates ?? { shipped: null, unused: () => [] };
  if (!shipped) throw new Error('there are no templates in this process');
  const recentOf = (name: TemplateName) => recentLetters(database, name);
  async function languages(): Promise<TemplateList['languages']> {
    const added = await addedLanguages(database);
    return [
      ...languagesOf(shipped as NonNullable<typeof shipped>).map((language) => ({ language, added: false })),
      ...added.map((language) => ({ language, added: true })),
    ];
  }
  return {
    languages,
    async list(): Promise<TemplateList> {
      const [all, kept] = await Promise.all([languages(), keptTemplates(database)]);
      const wrong = unused();
      return {
        languages: all,
        templates: all.flatMap(({ language }) =>
          templateNames.map((name): ListedTemplate => {
            const found = kept.find((one) => one.language === language && one.name === name);
            const unchanged = textOf(shipped, language, name) === null ? 'none' : 'shipped';
            const used = found && !wrong.some(({ id }) => id === found.id);
            const from = found ? (used ? 'changed' : 'unused') : unchanged;
            return { language, name, from, changedAt: found?.at ?? null, changedBy: found?.by ?? null };
          }),
        ),
      };
    },
    unused,
    /** Of the first example of each letter, as it counts in this language; null of a part. */
    subjects(language: string): ReadonlyMap<TemplateName, string | null> {
      const now = templates?.now() ?? shipped;
      return new Map(
        templateNames.map((name) => {
          const text = textOf(now, language, name) ?? textOf(now, 'en', name);
          return [name, exampleSubject(name, text?.subject ?? null, language)];
        }),
      );
    },
    /** Null: there is no such letter, or no such language. */
    async one(language: string, name: string): Promise<WholeTemplate | null> {
      if (!isTemplateName(name)) return null;
      if (!(await languages()).some((one) => one.language === language)) return null;
      await letterValues?.keep();
      const [versions, recent] = await Promise.all([
        versionsOf(database, { language, name, most: mostVersions }),
        recentOf(name),
      ]);
      const [newest = null] = versions;
      const changed = newest?.body == null ? null : newest;
      const original = textOf(shipped, language, name);
      const text = changed?.body == null ? original : { subject: changed.subject, body: changed.body };
      return {
        ...{ language, name, shipped: original, changed, versions },
        text: text ?? (textOf(shipped, 'en', name) as TemplateText),
        version: changed === null ? 'shipped' : changed.id,
        unused: unused().find((one) => one.language === language && one.name === name) ?? null,
        shippedChanged: changed !== null && changed.shippedHash !== hashOf(original),
        examples: exampleKeys(name, recent),
      };
    },
    /** As it would be written by this text, in an example or as a letter of late; null: there is no such example. Throws where it cannot be. */
    async render(
      { language, name }: { readonly language: string; readonly name: TemplateName },
      text: TemplateText,
      key: string,
    ): Promise<RenderedLetter | null> {
      const letter = await letterOf(name, key);
      if (letter === null) return null;
      return renderLetter(withText(shipped, { language, name, text: tidy(text) }), letter, [language]);
    },
    async check(
      { language, name }: { readonly language: string; readonly name: TemplateName },
      text: TemplateText,
    ): Promise<TemplateTried> {
      const recent = await recentOf(name);
      return tryTemplate({ shipped, language, name, text: tidy(text), recent: recent.map(({ letter }) => letter) });
    },
    fileOf,
  };
  async function letterOf(name: TemplateName, key: string): Promise<ToRender | null> {
    const at = Number(/^example-(\d{1,3})$/.exec(key)?.[1] ?? 0);
    if (at > 0) return samplesOf(name)[at - 1] ?? null;
    const id = /^letter-(\d{1,18})$/.exec(key)?.[1];
    return (await recentOf(name)).find((one) => one.id === id)?.letter ?? null;
  }
}
export type TemplatePages = ReturnType<typeof openTemplatePages>;
