import { sql } from 'kysely';
import type { StaffAdded, StaffRemoved } from '../../changes/staff/staff.ts';
import { rolesLost } from '../../staff/sign-in.ts';
import type { StaffMember } from '../../staff/staff.ts';
import type { Tx } from '../database.ts';
import { endSessionsOf, removePasskeysOf } from './sign-in.ts';

export async function writeStaffAdded(tx: Tx, { email, member }: StaffAdded): Promise<void> {
  const { added: _, ...person } = member;
  const { rows } = await sql<{ before: StaffMember }>`
    select person as before from staff where email = ${email} for update`.execute(tx);
  await sql`
    insert into staff (email, person)
    values (${email}, ${JSON.stringify(person)}::jsonb)
    on conflict (email) do update set person = excluded.person`.execute(tx);
  if (rows[0] && rolesLost(rows[0].before, member).length > 0) await endSessionsOf(tx, email);
  // What waits for somebody may have found one, and what they have goes with their absences.
  await sql`
    update cases set timer_at = now()
    where status = 'open' and (owner is null or owner = ${email}) and silent_until is null`.execute(tx);
}

/** What they have is looked at by the timers of the cases. */
export async function writeStaffRemoved(tx: Tx, { email }: StaffRemoved): Promise<void> {
  await sql`delete from staff where email = ${email}`.execute(tx);
  await endSessionsOf(tx, email);
  await removePasskeysOf(tx, email);
  await sql`update cases set timer_at = now() where owner = ${email} and status = 'open'`.execute(tx);
}
