import { ownInput, tellingAct } from '../self-service/telling.ts';
import { inList, maySee } from './own-cases.ts';

const most = 25;

/** POLICY §7 `CASES`. */
export const listCases = tellingAct({
  name: 'list-cases',
  input: ownInput,
  right: 'cases: view',
  does: 'sends a contact the list of the open cases that they may see',
  command: 'CASES',
  template: 'command-cases',
  tells({ site: { name: siteName, number, timezone }, cases, contact }) {
    const all = cases.filter((line) => line.status === 'open' && maySee(line, contact));
    const listed = { siteName, timezone, cases: all.slice(0, most).map(inList), more: Math.max(0, all.length - most) };
    return {
      letter: { template: 'command-cases', values: listed },
      matter: `:${number}`,
      says: `The open cases of site ${number} were listed: ${all.length}.`,
    };
  },
});
