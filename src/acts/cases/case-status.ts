import type { CaseNumber } from '../../foundation/ids.ts';
import { type Letter, toldEvents } from '../../outbound/letter.ts';
import type { Contact } from '../../registry/site.ts';
import { type Given, refused } from '../act.ts';
import type { OwnCaseLine, OwnRecord } from '../self-service/records.ts';
import { ownInput, tellingAct } from '../self-service/telling.ts';
import { caseField } from './on-case.ts';
import { casePageLink } from './opening/acknowledgement.ts';
import { inList, mayAnswerFor, maySee } from './own-cases.ts';

const mostEvents = 6;
/** A merged case may be merged again. */
const mostMerged = 20;

/** The case that goes on in its place, as far as they may see it. */
function goesOnAs(line: OwnCaseLine, { cases, contact }: Pick<OwnRecord, 'cases' | 'contact'>): OwnCaseLine {
  let at = line;
  for (let i = 0; i < mostMerged; i += 1) {
    const next = cases.find(({ number }) => number === at.stands?.mergedInto);
    if (!next || !maySee(next, contact)) return at;
    at = next;
  }
  return at;
}

type Values = Extract<Letter, { template: 'command-status' }>['values'];

/** `asked`: the number that was asked for, where another case goes on in its place. */
function statusOf(
  line: OwnCaseLine,
  asked: CaseNumber | null,
  { contact, timezone, policy, desk }: { contact: Contact; timezone: string } & Pick<Given, 'policy' | 'desk'>,
): Values {
  const { status, openedAt, closedAt, stands } = line;
  const open = status === 'open' ? stands : undefined;
  const events = (line.events ?? [])
    .flatMap(({ kind, at }) => toldEvents.flatMap((known) => (known === kind ? [{ kind: known, at }] : [])))
    .slice(0, mostEvents);
  return {
    ...inList(line),
    ...{ status, openedAt, closedAt, timezone, events, asked },
    mergedInto: stands?.mergedInto ?? null,
    proposedAt: open?.proposedAt ?? null,
    waits: open?.waits ?? null,
    proposal: open?.proposal ?? null,
    mayAnswer: mayAnswerFor(line, contact, policy),
    reference: stands?.reference ?? null,
    planned: stands?.resolvedIn ? null : (stands?.planned ?? null),
    resolvedIn: stands?.resolvedIn ?? null,
    link: casePageLink(desk.publicUrl),
  };
}

/** POLICY §7 `STATUS`. */
export const caseStatus = tellingAct({
  name: 'case-status',
  input: ownInput.extend({ case: caseField }),
  right: 'cases: view',
  does: 'tells a contact how a case stands',
  command: 'STATUS',
  template: 'command-status',
  tells(own, asked, { by, policy, desk }) {
    const { cases, contact, site } = own;
    const line = cases.find((one) => one.number === asked.case);
    const who = by.kind === 'contact' ? 'the sender' : asked.contact;
    // One answer for a number of another site and for none at all: a number tells nothing.
    if (!line || !maySee(line, contact))
      return refused('not-found', `There is no case ${asked.case} that ${who} may see.`, 'no-such-case');
    const shown = goesOnAs(line, own);
    const { number } = shown;
    const merged = shown === line ? null : line.number;
    const values = statusOf(shown, merged, { contact, timezone: site.timezone, policy, desk });
    return {
      letter: { template: 'command-status', values },
      matter: `:${number}`,
      on: number,
      // Whoever answers it that it works has confirmed the solution (§6.1); a bare yes may mean anything in it.
      ...(values.waitsFor === 'solution' && { asks: { kind: 'solved', case: number, yesCounts: false } as const }),
      says: `The state of case ${number} was told${merged ? `, into which case ${merged} was merged` : ''}.`,
    };
  },
});
