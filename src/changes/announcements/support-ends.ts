/** Letters about the end of full support: which are planned, and which do not go any more (POLICY §10.6). */
import type { Announcement } from '../../notices/announcement.ts';
import type { supportEndSkips } from '../../notices/support-ends.ts';
import type { By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';

/** `gone`: the version has no full support any more, or another last day; `nobody`: no site has named it. */
export type SupportEndDropped = (typeof supportEndSkips)[number] | 'gone' | 'nobody';
export type SupportEndsPlanned = {
  readonly kind: 'support-ends-planned';
  readonly planned: readonly { readonly name: string; readonly dueAt: string; readonly content: Announcement }[];
  readonly dropped: readonly {
    readonly announcement: string;
    readonly name: string;
    readonly why: SupportEndDropped;
  }[];
  readonly at: string;
  readonly by: By;
};

/** The version that it is about, and its day. */
const titleOf = ({ name, texts }: Announcement): string => texts[0]?.subject ?? name;

const whys: Readonly<Record<SupportEndDropped, string>> = {
  'not-known': 'its day lay behind when the end came on record',
  'not-started': 'its day lay before the start',
  'same-day': 'a later one goes out on the same day',
  missed: 'a later one is due',
  'too-late': 'its day lies too far behind',
  gone: 'the version has no full support any more, or another last day',
  nobody: 'no site has named the version within a year',
};

export const supportEndChanges = {
  'support-ends-planned': {
    event: none('it goes to many, and no case changes'),
    batched: false,
    audit: ({ planned, dropped }) => ({
      ...{ action: 'support-ends-planned', subjectKind: 'schedule', subjectId: 'end-of-support' },
      detail: {
        planned: planned.map(({ name, dueAt }) => ({ name, dueAt })),
        dropped: dropped.map(({ name, why }) => ({ name, why })),
      },
    }),
    says: ({ planned, dropped }) =>
      [
        ...planned.map(({ name, dueAt, content }) => `${titleOf(content)} (${name}) goes out at ${dueAt}.`),
        ...dropped.map(({ name, why }) => `${name} does not go out: ${whys[why]}.`),
      ].join(' '),
    topic: none('announcement.started says what goes out'),
  },
} as const satisfies { 'support-ends-planned': ChangeRow<SupportEndsPlanned> };
