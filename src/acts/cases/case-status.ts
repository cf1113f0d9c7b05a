import { toldEvents } from '../../outbound/letter.ts';
import { refused } from '../act.ts';
import { ownInput, tellingAct } from '../self-service/telling.ts';
import { caseField } from './on-case.ts';
import { inList, maySee } from './own-cases.ts';

const mostEvents = 6;

/** POLICY §7 `STATUS`. */
export const caseStatus = tellingAct({
  name: 'case-status',
  input: ownInput.extend({ case: caseField }),
  right: 'cases: view',
  does: 'tells a contact how a case stands',
  command: 'STATUS',
  template: 'command-status',
  tells({ cases, contact, site: { timezone } }, asked, { by }) {
    const line = cases.find((one) => one.number === asked.case);
    const who = by.kind === 'contact' ? 'the sender' : asked.contact;
    // One answer for a number of another site and for none at all: a number tells nothing.
    if (!line || !maySee(line, contact))
      return refused('not-found', `There is no case ${asked.case} that ${who} may see.`, 'no-such-case');
    const { status, openedAt, closedAt, number } = line;
    const events = (line.events ?? [])
      .flatMap(({ kind, at }) => toldEvents.flatMap((known) => (known === kind ? [{ kind: known, at }] : [])))
      .slice(0, mostEvents);
    return {
      letter: {
        template: 'command-status',
        values: { ...inList(line), status, openedAt, closedAt, timezone, events },
      },
      matter: `:${number}`,
      on: number,
      says: `The state of case ${number} was told.`,
    };
  },
});
