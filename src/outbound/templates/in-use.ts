/** The templates that count: what was changed here in the place of what was shipped, as long as it checks (decision 0080). */
import type { Templates } from '../rendering/render.ts';
import type { TemplateFault } from './check-source.ts';
import { hashOf, isTemplateName, languageForm, type TemplateName, textOf, withText } from './text.ts';
import { tryTemplate } from './try-template.ts';

/** The newest version of a template that was changed here. */
export type KeptTemplate = {
  readonly id: string;
  readonly language: string;
  readonly name: string;
  readonly subject: string | null;
  readonly body: string;
  /** Of the shipped one that it was written beside. */
  readonly shippedHash: string | null;
  readonly by: string;
  readonly at: string;
};

/** One that does not check: the shipped one is used in its place. */
export type Unused = Pick<KeptTemplate, 'id' | 'language' | 'name' | 'by' | 'at'> & {
  /** Sentences. */
  readonly faults: readonly string[];
  /** The shipped one is another than when it was written. */
  readonly shippedChanged: boolean;
};

export type InUse = { readonly templates: Templates; readonly unused: readonly Unused[] };

const where = ({ in: part, line }: TemplateFault): string =>
  part === 'subject' ? 'Subject: ' : line === null ? '' : `Line ${line}: `;
export const faultSays = (fault: TemplateFault): string => `${where(fault)}${fault.says}`;

/** What is wrong with a kept one beside what is shipped today. */
export function faultsOfKept(shipped: Templates, { language, name, subject, body }: KeptTemplate): readonly string[] {
  if (!isTemplateName(name)) return ['There is no letter of this name any more.'];
  if (!languageForm.test(language)) return [`“${language}” is no language.`];
  return tryTemplate({ shipped, language, name, text: { subject, body } }).faults.map(faultSays);
}

export function inUse(
  shipped: Templates,
  kept: readonly KeptTemplate[],
  faultsOf: (one: KeptTemplate) => readonly string[] = (one) => faultsOfKept(shipped, one),
): InUse {
  let templates = shipped;
  const unused: Unused[] = [];
  for (const one of kept) {
    const { language, name, subject, body } = one;
    const faults = faultsOf(one);
    if (faults.length === 0) {
      templates = withText(templates, { language, name: name as TemplateName, text: { subject, body } });
      continue;
    }
    const now = isTemplateName(name) ? hashOf(textOf(shipped, language, name)) : null;
    const { id, by, at } = one;
    unused.push({ id, language, name, by, at, faults, shippedChanged: now !== one.shippedHash });
  }
  return { templates, unused };
}
