/** What has become of a letter, step by step, out of its rows in the audit trail: what was done, what the mail server answered, who asked. */
import { type ShownActor, shownActor } from '../audit/audit-words.ts';

type Row = {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
};
export type DeliveryStep = {
  readonly at: string;
  readonly says: string;
  /** What the mail server answered. */
  readonly response: string | null;
  readonly tone: 'good' | 'warn' | 'bad' | null;
  readonly by: ShownActor;
  /** A try: it went to the mail server. */
  readonly tried: boolean;
};

type Words = readonly [says: string, tone: DeliveryStep['tone'], tried?: true];
const words: Readonly<Record<string, Words>> = {
  'letter-queued': ['Written, and on its way', null],
  'letter-waiting': ['Written; it waits until a person releases it', 'warn'],
  'letter-suppressed': ['Not sent, and on record only', 'warn'],
  'letter-released': ['Released', null],
  'letter-sent': ['The mail server took it', 'good', true],
  'letter-again': ['Not taken; it is tried again', 'warn', true],
  'letter-unknown': ['Handed over, and the connection broke before the answer; the same bytes go again', 'warn', true],
  'letter-failed': ['Given up', 'bad', true],
  'letter-brought-back': ['Its time came: put in line again', null],
  'letter-retried': ['Tried again at once, ahead of its time', null],
  'letter-sent-again': ['Asked to be sent again, under the same Message-ID', null],
  'letter-marked': ['Dealt with', null],
  'letter-unmarked': ['Not dealt with after all', null],
  'letter-returned-hard': ['It came back: nobody is reached there', 'bad'],
  'letter-returned-soft': ['A report came: not delivered for now', 'warn'],
  'letter-returned-delayed': ['A report came: delivery is delayed', 'warn'],
  'letter-returned-delivered': ['A report came: delivered', 'good'],
  'letter-returned-complaint': ['Whoever got it has called it unwanted', 'bad'],
};

const marks: Readonly<Record<string, string>> = {
  reached: 'Dealt with: told by another way',
  'not-needed': 'Dealt with: needed no more',
};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const deliveryStory = (rows: readonly Row[]): readonly DeliveryStep[] =>
  rows.map(({ at, actor, action, detail }) => {
    const [says, tone, tried = false] = words[action] ?? [action.replaceAll('-', ' '), null];
    const marked = action === 'letter-marked' ? marks[text(detail.as) ?? ''] : undefined;
    return { at, says: marked ?? says, response: text(detail.response), tone, by: shownActor(actor), tried };
  });
