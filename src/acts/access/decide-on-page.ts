import { z } from 'zod';
import type { RequestStepped } from '../../changes/access.ts';
import type { OwnChange } from '../../changes/change.ts';
import { type Act, refused } from '../act.ts';
import { settledLetter } from './access-letters.ts';
import { decideInput, decideRequest } from './decide-request.ts';
import { decisionPage } from './decision-page.ts';
import { notTaken, refusedTo, stepped } from './on-request.ts';

const input = decideInput.omit({ request: true }).extend({
  letter: z.string().describe('the letter that asks'),
  code: z.enum(['right', 'wrong']).describe('whether the code of the letter was typed'),
});
type DecideOnPage = z.infer<typeof input>;

const isStep = (change: OwnChange): change is RequestStepped => change.kind === 'request-stepped';

/** POLICY §8.7: with the code from the letter, as whom it went to. The decider hears of it by mail, and can take it back from there. */
export const decideOnPage: Act<DecideOnPage> = {
  name: 'decide-on-page',
  input,
  right: 'none',
  does: 'grants or denies a request for access on the page of the letter that asks',
  gives: { changes: decideRequest.gives.changes, letters: ['access-settled'] },
  byPage: 'the page that `access-question` links to, with the code that stands in it',
  needs: ({ letter }) => ({ accessLetter: letter }),
  judge({ letter: id, code, ...said }, records, given) {
    const { accessLetter: letter, accessRequest: on } = records;
    if (!letter || !on) return refused('not-found', 'No letter asks that.');
    const page = decisionPage(letter, on, given);
    if (page.kind === 'no-right') return refused('no-right', 'Whoever has this letter may not decide any more.');
    if (page.kind === 'decided') return notTaken('decided');
    if (page.kind !== 'open') return refused('conflict', 'This page takes no decision any more.');
    const { contact, site } = page;
    const by = { kind: 'page', letter: letter.id } as const;
    if (code === 'wrong') {
      const step = { kind: 'code-wrong', letter: id, at: given.now, by: `page of letter ${id}` } as const;
      const made = stepped(on, [step], { ...given, by });
      return made.kind === 'not-taken' ? notTaken(made.why) : { kind: 'done', changes: [made.change], letters: [] };
    }
    const decided = decideRequest.judge({ ...said, request: on.id }, records, {
      ...given,
      by: { ...by, contact: contact.id },
    });
    if (decided.kind === 'refused') return decided;
    const steps = decided.changes.find(isStep)?.steps ?? [];
    const last = steps.at(-1);
    const decision = last?.kind === 'first-granted' ? ({ ...last, kind: 'granted' } as const) : last;
    if (decision?.kind !== 'granted' && decision?.kind !== 'denied')
      return refusedTo('conflict', 'Nothing is decided.', 'over');
    const told = settledLetter(
      { ...on, steps: [...on.steps, ...steps] },
      site,
      given,
      { contact, to: contact.email },
      { result: last?.kind === 'first-granted' ? last.kind : decision.kind, decision },
    );
    return { kind: 'done', changes: decided.changes, letters: [told] };
  },
};
