/** A site is put as the API does it; `bad-input` says what is wrong. */
import { commit } from '../../src/flows/acts/commit.ts';
import { Failure } from '../../src/foundation/failure.ts';
import type { RegistryPolicy } from '../../src/registry/policy.ts';
import type { Database } from '../../src/store/database.ts';
import { exportSite } from '../../src/store/registry/registry.ts';
import { letterDeps } from './letter-deps.ts';

export async function putSite(
  database: Database,
  site: string,
  entry: Record<string, unknown>,
  policy: Partial<RegistryPolicy> = {},
) {
  const deps = letterDeps(database);
  const asked = { act: 'put-site', input: { site, entry }, by: { kind: 'command', staff: null } } as const;
  const outcome = await commit({ ...deps, policy: { ...deps.policy, ...policy } }, asked);
  if (outcome.kind === 'refused') throw new Failure('bad-input', outcome.says);
  return exportSite(database, site);
}
