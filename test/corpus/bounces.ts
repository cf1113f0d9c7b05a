/**
 * How well returned and automatic mail is told from people's, over a corpus with labels, by the way that every mail takes (`readMail`):
 * `node test/corpus/bounces.ts [folder] [--show]`. `--show` names files of the worked half only; of the other nothing but counts is told.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { MailFacts } from '../../src/mail/parsed-mail.ts';
import { readMail } from '../../src/mail/read.ts';
import { readingWith } from '../support/mails/reading.ts';
import { type Half, halfOf } from './halves.ts';

/** Of `found` and the like: how many of how many. */
export type Share = { right: number; of: number };
export type BounceFigures = {
  bounces: Share;
  /** Every failed address of the label is named, and no other is said to have failed. */
  recipients: Share;
  hardOrSoft: Share;
  status: Share;
  /** Mails of people and programs that were read as a bounce. */
  falseBounces: Share;
  automatic: Share;
  unreadable: Share;
};

type Label = {
  readonly isBounce: boolean;
  /** Who did not get the mail, each by the names that it may be given: as written to, and as an alias or a host made of it. */
  readonly failed: readonly (readonly string[])[] | null;
  readonly automatic: boolean;
  /** Read off the mail by a person; else off its header, where delays stand beside failures and only the last name of each address. */
  readonly byHand: boolean;
};
type Told = { readonly status: string; readonly hard: boolean; readonly reason: string };

const options = readingWith();

export const addressHash = (address: string): string =>
  createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 16);

const unquote = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
const rowsOf = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
    .map((row) => row.split('\t').map(unquote));

/** Labels made by reading the mails: path, class, hashes of the failed addresses (the corpus holds addresses of real people). */
function labelsByHand(): Map<string, Label> {
  const out = new Map<string, Label>();
  for (const name of ['worked-labels.tsv', 'kept-labels.tsv']) {
    const file = fileURLToPath(new URL(name, import.meta.url));
    if (!existsSync(file)) continue;
    for (const [path = '', kind = '', failed = ''] of rowsOf(file)) {
      const isBounce = kind === 'bounce' || kind === 'complaint';
      out.set(path, {
        isBounce,
        failed: failed
          .split(',')
          .filter((one) => one !== '')
          .map((one) => one.split('|')),
        automatic: kind === 'machine',
        byHand: true,
      });
    }
  }
  return out;
}

/** What the corpus says of itself, read off headers and the names of its sources. */
function labelOfCorpus(label: string, facts: string): Label {
  const finals: string[] = facts.startsWith('{') ? (JSON.parse(facts).final_recipient ?? []) : [];
  return {
    isBounce: /bounce\/DSN|(?:^|,)arf\(/.test(label),
    failed: finals.length > 0 ? finals.map((one) => [addressHash(one.replace(/^.*?;\s*|[<>]/g, ''))]) : null,
    automatic: /auto-reply|auto-generated|auto-replied|mdn/.test(label),
    byHand: false,
  };
}

const nothing = (): BounceFigures => {
  const share = (): Share => ({ right: 0, of: 0 });
  return {
    bounces: share(),
    recipients: share(),
    hardOrSoft: share(),
    status: share(),
    falseBounces: share(),
    automatic: share(),
    unreadable: share(),
  };
};

const count = (share: Share, right: boolean): boolean => {
  share.of += 1;
  if (right) share.right += 1;
  return right;
};

type Recipients = NonNullable<MailFacts['bounce']>['recipients'];
const hasFailed = (action: string) => action === 'failed';
const arrived = (action: string) => action === 'delivered' || action === 'relayed' || action === 'expanded';

/** Everybody of the label is named, and nobody else; late counts like failed, since the labels make no difference. */
function agrees(
  recipients: Recipients,
  wanted: readonly (readonly string[])[],
  label: Label,
  complaint: boolean,
): boolean {
  const counted = complaint || !label.byHand ? recipients : recipients.filter((one) => !arrived(one.action));
  const named = counted.map(({ address, rewritten }) =>
    [address, ...(rewritten === undefined ? [] : [rewritten])].map(addressHash),
  );
  const same = (names: readonly string[], one: readonly string[]) => names.some((name) => one.includes(name));
  return (
    wanted.every((one) => named.some((names) => same(names, one))) &&
    named.every((names) => wanted.some((one) => same(names, one)))
  );
}

function compare(
  f: BounceFigures,
  facts: MailFacts,
  label: Label,
  told: Told | undefined,
  say: (text: string) => void,
) {
  count(f.unreadable, facts.class === 'unreadable');
  const from = facts.from.kind === 'one' ? facts.from.address : facts.from.kind;
  const found = facts.class === 'bounce' || facts.class === 'complaint';
  if (!label.isBounce) {
    if (count(f.falseBounces, found)) say(`called a bounce: ${from} | ${facts.subject}`);
    if (label.automatic && !count(f.automatic, facts.machine !== null)) say(`not called automatic: ${facts.subject}`);
    return;
  }
  if (!count(f.bounces, found)) return say(`missed: ${facts.class} | ${from} | ${facts.subject}`);
  const recipients = facts.bounce?.recipients ?? [];
  const wanted = label.failed;
  if (wanted !== null && wanted.length > 0) {
    if (!count(f.recipients, agrees(recipients, wanted, label, facts.class === 'complaint')))
      say(
        `recipients: ${recipients.map((one) => `${one.address} ${one.action}`).join() || 'none'} of ${wanted.length}`,
      );
  }
  if (!told || facts.class === 'complaint' || told.reason === 'feedback') return;
  const first = facts.bounce?.recipients.find((one) => hasFailed(one.action)) ?? facts.bounce?.recipients[0];
  if (!count(f.hardOrSoft, (first?.kind === 'hard') === told.hard))
    say(`hard: ${told.reason} ${told.status} got ${first?.kind} ${first?.status} | ${first?.diagnostic.slice(0, 160)}`);
  if (told.status === '' || /\.0\.9\d\d$/.test(told.status)) return;
  if (!count(f.status, told.status === first?.status)) say(`status: ${told.status} got ${first?.status}`);
}

export type BouncesOfCorpus = Record<Half, BounceFigures> & { readonly lines: readonly string[] };

export async function measureBounces(folder: string): Promise<BouncesOfCorpus> {
  const figures = { worked: nothing(), kept: nothing() };
  const lines: string[] = [];
  const byHand = labelsByHand();
  for (const [source = '', file = '', kind = '', expects = '', facts = ''] of rowsOf(join(folder, 'labels.tsv'))) {
    const path = join(folder, source, file);
    if (source === '' || kind.includes('-body') || kind.includes('expectation') || !existsSync(path)) continue;
    const raw = readFileSync(path);
    const half = halfOf(raw);
    const name = `${source}/${file}`;
    const told: Told | undefined = expects.startsWith('{') ? JSON.parse(expects).sisimai?.[0] : undefined;
    const read = await readMail(raw, { mailFrom: null, rcptTo: [] }, options);
    compare(figures[half], read, byHand.get(name) ?? labelOfCorpus(kind, facts), told, (text) => {
      if (half === 'worked') lines.push(`${name}: ${text}`);
    });
  }
  return { ...figures, lines };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv.slice(2).find((one) => !one.startsWith('--')) ?? process.env.CORPUS ?? '../shared/corpus';
  const { lines, ...figures } = await measureBounces(folder);
  if (process.argv.includes('--show')) for (const line of lines) console.log(line);
  console.log(figures);
}
