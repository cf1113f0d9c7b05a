import { sql } from 'kysely';
import type { AuditCell } from '../changes/row.ts';
import type { Db, Tx } from './database.ts';

export type AuditLine = AuditCell & {
  /** `mail:12`, `api`, `command`, `sweeper`, `outbound`. People stand here by id (POLICY §11.5). */
  readonly actor: string;
};

/** Written in the transaction of the change it tells of (RELIABILITY I8). */
export async function writeAudit(tx: Tx | Db, lines: readonly AuditLine[]): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into audit (actor, action, subject_kind, subject_id, detail)
    select l->>'actor', l->>'action', l->>'subjectKind', l->>'subjectId', coalesce(l->'detail', '{}')
    from jsonb_array_elements(${JSON.stringify(lines)}::jsonb) l`.execute(tx);
}
