import { z } from 'zod';
import { readRegistry, writeRegistry } from '../../registry/registry-file.ts';
import { type Act, refused } from '../act.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { judgeFiles, type ReadFiles } from './judge-files.ts';
import type { RegistryPart } from './records.ts';

const input = z.strictObject({
  site: siteNumber,
  entry: z
    .record(z.string(), z.unknown())
    .describe('the site in the form of the registry; a list takes the place of the one on record'),
  welcome: z.boolean().optional().describe('its primary and technical contacts are welcomed, where they were not yet'),
});
type PutSite = z.infer<typeof input>;

const readSite = ({ site: number, entry }: PutSite): ReadFiles =>
  readRegistry([{ name: 'the site', text: writeRegistry({ sites: [{ ...entry, number }] }) }]);

/** All that one site is judged beside, of thousands. */
function partOf({ document: { sites } }: ReadFiles, number: string): RegistryPart {
  const licences = sites.flatMap((site) => site.licences ?? []);
  return {
    sites: [number],
    pins: sites.flatMap(({ pin }) => pin ?? []),
    licences: licences.flatMap(({ number: of, serviceTag }) => [of ?? [], serviceTag ?? []].flat()),
  };
}

/** One site by the rules of an import with `prune`; a field that it does not name stays as it is. */
export const putSite: Act<PutSite> = {
  name: 'put-site',
  input,
  right: 'registry: update',
  does: 'writes one site, all or nothing; the same twice changes nothing',
  gives: { changes: ['site-changed', 'proofs-due', 'welcome-due'], letters: [] },
  lock: 'registry',
  needs: (asked) => ({
    registry: partOf(readSite(asked), asked.site),
    ...(asked.welcome && { welcomed: true }),
  }),
  judge({ site: number, entry, welcome = false }, records, given) {
    if (entry.number !== undefined && String(entry.number) !== number)
      return refused('bad-input', `number: ${entry.number} is not the site of this address, ${number}`);
    return judgeFiles(
      readSite({ site: number, entry }),
      { prune: true, welcome, tell: (fault) => fault.says },
      records,
      given,
    );
  },
};
