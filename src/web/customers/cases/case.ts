/** How a case stands: number, state and deadline, and nothing of what was written. It has no button, so nothing can be pressed. */
import { html } from 'hono/html';
import type { ShownCase } from '../../../flows/cases/case-page.ts';
import { time } from '../../../outbound/rendering/values-for-text.ts';
import type { Html } from '../../html.ts';
import { customerPage, fact, facts, type Said, said } from '../frame.ts';
import { dayIn, pageLanguage } from '../languages.ts';
import { caseWords } from './case-words.ts';

/** Where it stands on its way: received, first answer, solution, closed. */
function placeOf({ standing }: ShownCase): number {
  switch (standing.kind) {
    case 'promised':
    case 'late':
    case 'open':
      return 1;
    case 'waits':
      return standing.answered ? 2 : 1;
    case 'answered':
      return 2;
    case 'proposed':
    case 'closed':
      return 3;
    default:
      return standing satisfies never;
  }
}

const tones = {
  ...{ promised: 'plain', open: 'plain', answered: 'plain', late: 'bad', waits: 'plain', proposed: 'plain' },
  closed: 'good',
} as const satisfies Record<ShownCase['standing']['kind'], Said>;

export function casePage(shown: ShownCase): Html {
  const language = pageLanguage(shown.language);
  const words = caseWords(language);
  const { standing, timezone, number, merged } = shown;
  const at = (iso: string): Html => html`<time datetime="${iso}">${time(iso, timezone, language)}</time>`;
  const moments = {
    promised: () => [fact(words.due, 'due' in standing ? at(standing.due) : null)],
    late: () => [fact(words.wasDue, 'due' in standing ? at(standing.due) : null)],
    open: () => [],
    answered: () => [fact(words.answered, 'at' in standing ? at(standing.at) : null)],
    proposed: () => [fact(words.proposed, 'at' in standing ? at(standing.at) : null)],
    closed: () => [fact(words.closed, 'at' in standing ? at(standing.at) : null)],
    waits: () =>
      standing.kind === 'waits'
        ? [
            fact(words.since, at(standing.since)),
            fact(words.until, standing.until === null ? null : at(standing.until)),
          ]
        : [],
  };
  const place = placeOf(shown);
  const way = words.way.map(
    (says, i) =>
      html`<li${i < place ? html` class="past"` : ''}${i === place ? html` aria-current="step"` : ''}>${says}</li>`,
  );
  const ends = standing.kind === 'closed' ? words.ends(dayIn(standing.until, language, timezone)) : words.endsLater;
  return customerPage(language, {
    title: words.title(number),
    kicker: words.kicker,
    body: html`${said(words.states[standing.kind], tones[standing.kind], merged === null ? undefined : words.merged(merged, number))}
<ol class="way${standing.kind === 'late' ? ' late' : ''}">${way}</ol>
${facts([...moments[standing.kind](), fact(words.opened, at(shown.openedAt)), fact(words.now, at(shown.now))])}`,
    foot: [words.foot, ends],
  });
}

/** The same for a link that nobody was sent, for one whose time is over, and for who may not see the case any more. */
export function caseOver(accepted: string): Html {
  const language = pageLanguage(accepted);
  const words = caseWords(language);
  return customerPage(language, { title: words.overTitle, lead: words.over });
}
