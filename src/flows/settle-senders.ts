/** Senders that somebody at the customer is asked about (POLICY §3.r10, §3.r16): the question, and what its answer does. */
import { Failure } from '../foundation/failure.ts';
import type { Decision } from '../intake/decision.ts';
import type { MailAtHand } from '../intake/facts.ts';
import { mergeRegistry } from '../registry/registry-merge.ts';
import type { Role } from '../registry/site.ts';
import type { Tx } from '../store/database.ts';
import { putBackHeld, refuseHeld } from '../store/held.ts';
import { loadRegistry, lockRegistry } from '../store/registry.ts';
import { putRegistry } from '../store/registry-put.ts';
import { admitToCase, askAbout, mailsOfQuestion, settleOthers, settleQuestion } from '../store/sender-questions.ts';
import type { ToApply } from './writing-of.ts';

/** A name that says who it is, where the mail has none. */
const nameFor = (name: string, address: string): string =>
  name.trim() || (address.split('@')[0] ?? address).replace(/[._-]+/g, ' ');

/**
 * Adds a contact by the registry's own rules (POLICY §8.8); whoever is on record at the site stays as they are. Fails with
 * `bad-input`, saying which rule.
 */
export async function registerContact(
  tx: Tx,
  given: { site: string; email: string; name: string; role: Role; actor: string },
): Promise<void> {
  await lockRegistry(tx);
  const record = await loadRegistry(tx, [given.site]);
  const known = record.sites[0]?.contacts?.some((one) => [one.email, ...(one.aliases ?? [])].includes(given.email));
  if (record.sites.length === 0) throw new Failure('bad-input', `there is no site ${given.site}`);
  if (known) return;
  const contact = { name: nameFor(given.name, given.email), email: given.email, role: given.role };
  const merge = (site: object) =>
    mergeRegistry(record, { products: [], sites: [{ number: given.site, ...site }] } as never, new Map(), false);
  // What is wrong on record already is not this person's fault.
  const before = new Set(merge({}).faults.map((fault) => fault.says));
  const { document, faults, changes } = merge({ contacts: [contact] });
  const broken = faults.map((fault) => fault.says).filter((says) => !before.has(says));
  if (broken.length > 0) throw new Failure('bad-input', broken.join('; '));
  await putRegistry(tx, document, changes, given.actor);
}

/** Registered, and asked about nowhere else at the site: all their held mails are decided as their contact's. */
export async function registerSender(
  tx: Tx,
  given: {
    site: string;
    siteNumber: string;
    address: string;
    name: string;
    role: Role;
    actor: string;
    settledBy: string | null;
    except: string | null;
  },
) {
  const { actor, address, settledBy, except } = given;
  await registerContact(tx, { site: given.siteNumber, email: address, name: given.name, role: given.role, actor });
  const questions = await settleOthers(tx, { site: given.site, address, actor });
  return putBackHeld(tx, { questions, except, settledBy, actor });
}

type Answers = Extract<Decision, { settles: 'senders' }>['answers'];

/** In the transaction of the answer; the mails that it lets in are decided after it. `facts-stale` where another answer was faster. */
export async function settleSenders(tx: Tx, given: { answers: Answers; mail: MailAtHand }): Promise<void> {
  const settledBy = given.mail.id;
  const actor = `mail:${settledBy}`;
  for (const { question: id, answer } of given.answers) {
    const question = await settleQuestion(tx, { id, answer, actor });
    if (!question) throw new Failure('facts-stale', `question ${id} was answered meanwhile`);
    switch (answer) {
      case 'yes':
        await registerSender(tx, { ...question, role: 'authorized user', actor, settledBy, except: null });
        break;
      case 'once':
        if (question.case) await admitToCase(tx, question.case, question.address);
        await putBackHeld(tx, { questions: [id], except: null, settledBy, actor });
        break;
      case 'no':
        await refuseHeld(tx, {
          mails: await mailsOfQuestion(tx, id),
          rule: 'r5',
          reason: 'Whoever was asked about the sender at the customer has said no.',
          settledBy,
          actor,
        });
        break;
      default:
        answer satisfies never;
    }
  }
}

/** Somebody is asked about a person who wrote now; not about old mail of a mailbox just met, a list or a program. */
export async function askAboutSender(tx: Tx, given: ToApply): Promise<void> {
  const { decision, mail, policy } = given;
  const { from, unanswerable } = mail.facts;
  if (from.kind !== 'one' || unanswerable || mail.mustWait || mail.facts.grade === 'failed') return;
  const about = decision.outcome === 'held-stranger-on-case' ? decision.case : null;
  const site =
    decision.outcome === 'held-unregistered'
      ? decision.site
      : given.facts.cases.find((one) => one.number === about)?.site;
  if (site === undefined) return;
  await askAbout(tx, {
    mail: mail.id,
    site,
    case: about,
    address: from.address,
    name: from.name,
    title: mail.facts.title,
    arrivedAt: mail.arrivedAt,
    quietDays: policy.heldDays,
  });
}
