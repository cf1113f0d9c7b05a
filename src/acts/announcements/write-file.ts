/** An announcement as the file it is read from (read-file.ts). YAML takes what JSON writes. */
import type { Announcement } from '../../notices/announcement.ts';

/** Within a text such a line would end it; this one draws the same. */
const withoutRules = (body: string): string =>
  body
    .replaceAll('\r\n', '\n')
    .replaceAll(/^---[ \t]*$/gm, '***')
    .trim();

const front = (fields: Readonly<Record<string, unknown>>): string =>
  Object.entries(fields)
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('');

export function announcementFile({ texts, supportEnd: _, ...fields }: Announcement): string {
  const [main, ...others] = texts;
  const section = (head: object, body: string): string => `---\n${front({ ...head })}---\n${withoutRules(body)}\n`;
  const { language, subject, body } = main;
  return [
    section({ ...fields, language, subject }, body),
    ...others.map((one) => section({ language: one.language, subject: one.subject }, one.body)),
  ].join('\n');
}
