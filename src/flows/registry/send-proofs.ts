/** Tells of licences that are new or renewed (POLICY §11.7), a site at a time. */
import { sitesWithProofsDue } from '../../store/registry/proofs.ts';
import { type ActDeps, commit } from '../acts/commit.ts';
import { inTurn, throwFirst } from '../acts/in-turn.ts';

const mostAtOnce = 200;

/** Returns how many sites were told. */
export async function sendProofs(deps: ActDeps): Promise<number> {
  const sites = await sitesWithProofsDue(deps.database, mostAtOnce);
  throwFirst(
    await inTurn(sites, (site) => commit(deps, { act: 'send-proofs', input: { site }, by: { kind: 'clock' } })),
  );
  return sites.length;
}
