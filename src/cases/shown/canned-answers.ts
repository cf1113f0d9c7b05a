/** Answers that are kept to be used again: text with values from a fixed list, `{{ contact }}`, which are filled in when one is put into a draft. */

/** What a value stands for, as whoever writes such an answer reads it. */
export const cannedValues = {
  case: 'the number of the case',
  title: 'its title',
  contact: 'the name of whoever asked for it',
  site: 'the name of the site',
  product: 'the product, with its version',
  severity: 'the severity, 1 to 4',
  due: 'when the first answer is owed, where the site is',
  owner: 'the name of whoever has the case',
  me: 'the name of whoever answers',
} as const;
export type CannedValue = keyof typeof cannedValues;
export const cannedNames = Object.keys(cannedValues) as CannedValue[];

const isValue = (name: string): name is CannedValue => Object.hasOwn(cannedValues, name);

const slot = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** A value that does not exist, a brace that nobody closes. */
function slotFaults(text: string): string[] {
  const unknown = [...text.matchAll(slot)].map(([, name = '']) => name).filter((name) => !isValue(name));
  const faults = [...new Set(unknown)].map(
    (name) => `There is no value "${name}". There are ${cannedNames.join(', ')}.`,
  );
  const rest = text.replace(slot, '');
  if (/\{\{|\}\}/.test(rest)) faults.push('Two braces are opened and not closed, or closed and not opened.');
  if (/\{%|%\}/.test(rest)) faults.push('Only values are filled in: there are no conditions and no loops.');
  return faults;
}

const longest = { name: 120, text: 20_000 } as const;

/** What is wrong with such an answer, in sentences. */
export function cannedFaults({ name, text }: { readonly name: string; readonly text: string }): string[] {
  const faults: string[] = [];
  if (name === '') faults.push('Give it a name.');
  if (name.length > longest.name || /\p{C}/u.test(name))
    faults.push(`A name is one line of ${longest.name} letters at most.`);
  if (text.trim() === '') faults.push('Write its text.');
  if (text.length > longest.text) faults.push(`Its text has ${longest.text} letters at most.`);
  return [...faults, ...slotFaults(text)];
}

/** As whoever is answered reads it: the day, the time and the place. */
export function dueThere(due: string, timezone: string): string {
  const there = Temporal.Instant.from(due).toZonedDateTimeISO(timezone);
  const time = there.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${there.toPlainDate().toString()} ${time} (${timezone})`;
}

export type CannedFacts = { readonly [name in CannedValue]: string | null };

/** With its values; what is not known of this case stands as a gap that nobody overlooks, for what is sent is read before. */
export const fillCanned = (text: string, facts: CannedFacts): string =>
  text.replace(slot, (whole, name: string) => (isValue(name) ? (facts[name] ?? `[${name}?]`) : whole));

/** Gaps that were left so: `[product?]`. */
export const gapsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\[(\w+)\?\]/g)].filter(([, name = '']) => isValue(name)).map(([gap]) => gap)),
];
