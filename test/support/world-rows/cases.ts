/** Cases of the world with those who take part and what their clocks have been through, and the privileged PINs on them. */
import type { Tx } from '../../../src/store/database.ts';
import { cases, contacts, hashOf, leavers, privilegedRows } from '../world.ts';
import { idOf, insert, longAgo } from './insert.ts';

export async function caseRows(tx: Tx): Promise<void> {
  await insert(
    tx,
    'cases',
    cases.map((one) => ({
      id: one.id,
      number: one.number,
      site_id: one.site,
      title: one.title,
      severity: one.severity,
      kind: one.kind,
      status: one.status,
      opened_at: longAgo,
      contact_address: 'nobody@rows.example',
      language: one.language,
      product: one.product,
      provisional: false,
      under_covered: false,
      lapsed: one.lapsed,
      clock_runs: true,
      due: '2026-05-13T15:00:00Z',
      response_met_at: one.answered ? longAgo : null,
      follow_up_of: cases.find((each) => each.followedUpBy === one.number)?.id ?? null,
      proposal: one.proposal ?? null,
      escalation: one.escalation ?? null,
      merged_into: cases.find((each) => each.number === one.mergedInto)?.id ?? null,
      closed_at: one.closedAt,
      proposed_at: one.proposed ? longAgo : null,
      report: {},
      version_no: one.versionNo,
    })),
  );
  await insert(
    tx,
    'case_participants',
    cases.flatMap((one) =>
      one.participants.map((address) => ({ case_id: one.id, address, contact_id: null, added_at: longAgo })),
    ),
  );
  await insert(
    tx,
    'case_leavers',
    leavers.map(({ case: on, address }) => ({ case_id: idOf(on), address, left_at: longAgo })),
  );
  await insert(
    tx,
    'case_events',
    cases.flatMap((one, i) => [
      { id: i * 100 + 1, case_id: one.id, at: longAgo, kind: 'opened', detail: {} },
      ...one.clock.map((event, n) => ({
        id: i * 100 + n + 2,
        case_id: one.id,
        at: event.at,
        kind: `clock-${event.type}`,
        detail: 'rating' in event ? { rating: event.rating } : {},
      })),
    ]),
  );
}

export async function privilegedPins(tx: Tx): Promise<void> {
  await insert(
    tx,
    'privileged_pins',
    privilegedRows.map((one) => {
      const until = one.state === 'expired' ? '2026-05-12T08:00:00Z' : '2026-05-14T08:00:00Z';
      const issued = new Date(Date.parse(until) - 24 * 3_600_000).toISOString();
      const noted = one.state === 'open' || one.state === 'revoked' ? issued : null;
      const by = noted && 'somebody';
      return {
        id: one.id,
        hash: `\\x${hashOf(one.pin)}`,
        contact_id: one.contact,
        address: contacts.find((each) => each.id === one.contact)?.email,
        case_id: idOf(one.on),
        issued_at: issued,
        issued_by: 'somebody',
        expires_at: until,
        redeemed_at: one.state === 'open' ? noted : null,
        redeemed_by: one.state === 'open' ? by : null,
        revoked_at: one.state === 'revoked' ? noted : null,
        revoked_by: one.state === 'revoked' ? by : null,
      };
    }),
  );
}
