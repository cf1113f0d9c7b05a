/**
 * The file of an announcement: front matter in YAML between lines of `---`, Markdown below it. Further languages follow in the same file, each
 * with a front matter of `language` and `subject` of its own. Faults name what to do.
 */
import { parse } from 'yaml';
import { z } from 'zod';
import { didYouMean } from '../../foundation/nearest-word.ts';
import { type Announcement, type AnnouncementText, announcementKinds } from '../../notices/announcement.ts';
import { faultsOfBody } from '../../outbound/rendering/announcement-body.ts';
import { contactTypes } from '../../registry/site.ts';

const list = z.array(z.string().trim().min(1).max(200)).max(100).default([]);
const subject = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(200)
  .refine((value) => !/[\p{Cc}\uE000\uE001]/u.test(value), 'has characters in it that nobody can see');
const language = z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$/, 'is no language such as en or pt-BR');
const head = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, 'has letters, digits, dots and hyphens only')
    .optional(),
  kind: z.enum(announcementKinds),
  language: language.default('en'),
  subject,
  products: list,
  versions: z.array(z.coerce.string().trim().min(1).max(60)).max(100).default([]),
  contactTypes: z.array(z.enum(contactTypes)).max(contactTypes.length).default([]),
  resolves: list,
});
const variant = z.strictObject({ language, subject });

export type ReadFile =
  | { readonly kind: 'read'; readonly announcement: Announcement }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

const keys = Object.keys(head.shape);

function problemsOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const place = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${key}: is not known${didYouMean(keys, key) || '.'}`).join('; ');
    return `${place}: ${issue.message}`;
  });
}

type Section = { readonly front: string; readonly body: string };

/** Lines of `---` open and close a front matter; within the text a rule is `***`. */
function sectionsOf(text: string): Section[] | null {
  const parts = text
    .replaceAll('\r\n', '\n')
    .replace(/^\uFEFF/, '')
    .split(/^---[ \t]*$/m);
  if (parts.length < 3 || parts.length % 2 === 0 || parts[0]?.trim() !== '') return null;
  return Array.from({ length: (parts.length - 1) / 2 }, (_, i) => ({
    front: parts[2 * i + 1] ?? '',
    body: parts[2 * i + 2] ?? '',
  }));
}

function yamlOf(front: string): unknown {
  try {
    return parse(front) ?? {};
  } catch (error) {
    return new Error((error as Error).message.split('\n')[0]);
  }
}

/** `fallback` is the name where the file has none. */
export function readAnnouncement(text: string, fallback: string | null): ReadFile {
  const faulty = (...faults: string[]): ReadFile => ({ kind: 'faulty', faults });
  const sections = sectionsOf(text);
  if (!sections)
    return faulty(
      'It does not begin with a front matter between two lines of "---"; a rule in the text is written "***".',
    );
  const faults: string[] = [];
  const texts: AnnouncementText[] = [];
  let first: z.infer<typeof head> | null = null;
  for (const [i, { front, body }] of sections.entries()) {
    const data = yamlOf(front);
    const read = data instanceof Error ? null : (i === 0 ? head : variant).safeParse(data);
    const where = i === 0 ? '' : `language ${i + 1}: `;
    if (!read) {
      faults.push(`${where}the front matter is no YAML: ${(data as Error).message}`);
      continue;
    }
    if (!read.success) {
      faults.push(...problemsOf(read.error).map((one) => `${where}${one}`));
      continue;
    }
    if (i === 0) first = read.data as z.infer<typeof head>;
    texts.push({ language: read.data.language, subject: read.data.subject, body: body.trim() });
    faults.push(...faultsOfBody(body).map((one) => `${where}the text cannot be sent: ${one}.`));
  }
  for (const one of texts)
    if (texts.filter(({ language: other }) => other === one.language).length > 1)
      faults.push(`the language ${one.language} is there twice`);
  const name = first?.name ?? fallback;
  if (first && name === null) faults.push('name: is needed, such as "name: vault-12"');
  if (first && first.resolves.length > 0 && first.kind !== 'releases')
    faults.push('resolves: only releases resolve defects; write "kind: releases"');
  const [main, ...others] = texts;
  if (faults.length > 0 || !first || !main || name === null) return faulty(...new Set(faults));
  const { kind, products, versions, contactTypes: types, resolves } = first;
  return {
    kind: 'read',
    announcement: { name, kind, products, versions, contactTypes: types, resolves, texts: [main, ...others] },
  };
}
