/** The records an act sees, with their versions; and whether they still are as they were seen. */
import { sql } from 'kysely';
import type { LetterRecord, Needs, Records } from '../acts/act.ts';
import type { CaseRecord } from '../acts/cases/records.ts';
import type { NoticesPolicy } from '../notices/policy.ts';
import type { RegistryPolicy } from '../registry/policy.ts';
import { accessRecords } from './access/requests.ts';
import { announcementRecords } from './announcements/announcement-records.ts';
import { callerRecords } from './cases/callers.ts';
import { casesBehind } from './cases/cases-behind.ts';
import { satisfactionRecords } from './cases/satisfaction.ts';
import { onSiteOf, workedCases } from './cases/worked-cases.ts';
import { erasureRecord } from './contacts/erasure-record.ts';
import { peopleRecords } from './contacts/people.ts';
import { subscriptionRecords } from './contacts/subscriptions.ts';
import type { Database, Tx } from './database.ts';
import { mailRecords } from './mail/mail-records.ts';
import { queueRecords } from './overview/failed-records.ts';
import { pinRecords } from './pin-records.ts';
import { registryRecords } from './registry/registry-records.ts';
import { renewalRecords } from './renewals/records.ts';
import { scheduleRecords } from './schedule/schedule-records.ts';
import { passkeyRecord } from './sign-in/passkeys.ts';
import { sessionRecords } from './sign-in/sessions.ts';
import { representedBy } from './staff/represented.ts';
import { staffRows } from './staff/staff-rows.ts';
import { webhookRecords } from './webhooks/records.ts';

async function caseAndLetterRecords(database: Database, needs: Needs): Promise<Records & { readonly now: string }> {
  const { rows } = await database.ask((db) =>
    sql<{ cases: CaseRecord[]; letters: LetterRecord[]; now: string }>`
      select to_json(now()) #>> '{}' as now,
        (select coalesce(json_agg(json_build_object(
            'id', c.id::text, 'number', c.number, 'title', c.title, 'status', c.status,
            'versionNo', c.version_no,
            'mergedInto', (select t.number from cases t where t.id = c.merged_into))), '[]')
          from cases c where c.number = any(${[...(needs.cases ?? [])]}::text[])) as cases,
        (select coalesce(json_agg(json_build_object(
            'id', l.id::text, 'state', l.state, 'fence', l.fence::text, 'template', l.template,
            'to', l.to_address, 'messageId', l.message_id,
            'kept', l.raw is not null and l.emptied_at is null,
            'markedAs', l.marked_as,
            'codeGood', (
              select k.closed_at is null and k.expires_at > now() from confirmation_codes k where k.letter_id = l.id),
            'ended', l.template in ('announcement', 'support-end') and exists (
              select
              from announcement_recipients r
              join announcements a on a.id = r.announcement_id
              join subscriptions s on s.address = r.address and s.kind = a.kind and not s.wanted
              where r.letter_id = l.id and r.address = l.to_address))), '[]')
          from letters l where l.id = any(${[...(needs.letters ?? [])]}::bigint[])) as letters`.execute(db),
  );
  return { cases: rows[0]?.cases ?? [], letters: rows[0]?.letters ?? [], now: rows[0]?.now ?? '' };
}

export async function loadRecords(
  database: Database,
  needs: Needs,
  policy: RegistryPolicy & Partial<Pick<NoticesPolicy, 'announcements'>>,
): Promise<Records & { readonly now: string }> {
  return {
    ...(await accessRecords(database, needs)),
    ...(await announcementRecords(database, needs, policy)),
    ...(await mailRecords(database, needs)),
    ...(await pinRecords(database, needs)),
    ...(await queueRecords(database, needs)),
    ...(await registryRecords(database, needs, policy)),
    ...(await casesBehind(database, needs)),
    ...(needs.staff ? { staff: await staffRows(database, needs.staff) } : {}),
    ...(needs.representedBy ? { represents: await representedBy(database, needs.representedBy) } : {}),
    ...(needs.sessionsOf ? { sessions: await sessionRecords(database, needs.sessionsOf) } : {}),
    ...(needs.passkey ? { passkey: await passkeyRecord(database, needs.passkey) } : {}),
    ...(await satisfactionRecords(database, needs)),
    ...(needs.onSite ? { onSite: await onSiteOf(database, needs.onSite) } : {}),
    ...(needs.worked ? { worked: await workedCases(database, needs.worked) } : {}),
    ...(await caseAndLetterRecords(database, needs)),
    ...(await callerRecords(database, needs)),
    ...(await peopleRecords(database, needs)),
    ...(needs.erasure ? { erasure: await erasureRecord(database, needs.erasure.address) } : {}),
    ...(await subscriptionRecords(database, needs)),
    ...(await scheduleRecords(database, needs)),
    ...(await renewalRecords(database, needs, policy)),
    ...(await webhookRecords(database, needs)),
  };
}

/** Locks what was seen and raises its version; false where one has moved on, and nothing may be written. */
export async function takeVersions(tx: Tx, { cases, letters, worked = [] }: Records): Promise<boolean> {
  const seen = new Map([...cases, ...worked].map((one) => [one.id, one]));
  for (const one of [...seen.values()].toSorted((a, b) => Number(BigInt(a.id) - BigInt(b.id)))) {
    // Whatever is done to a case may move what is due on it: its timers are looked at anew.
    const { rows } = await sql`
      update cases set version_no = version_no + 1, timer_at = now()
      where id = ${one.id}::bigint and version_no = ${one.versionNo} returning id`.execute(tx);
    if (rows.length === 0) return false;
  }
  for (const one of letters.toSorted((a, b) => Number(BigInt(a.id) - BigInt(b.id)))) {
    const { rows } = await sql`
      update letters set fence = fence + 1
      where id = ${one.id}::bigint and fence = ${one.fence}::bigint returning id`.execute(tx);
    if (rows.length === 0) return false;
  }
  return true;
}
