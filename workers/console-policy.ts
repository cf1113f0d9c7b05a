/** The policy in the console: its numbers, and what others would do. */
import { resolve } from 'node:path';
import { draftOf, numbersOf } from '../src/config/policy-meanings.ts';
import { configFile } from '../src/config/settings.ts';
import type { PolicyPages } from '../src/flows/policy/policy-pages.ts';
import { openPolicyTrials } from '../src/flows/policy/policy-trials.ts';
import type { App } from '../src/runtime/app.ts';

export function policyPagesOf(app: App): PolicyPages {
  const { policy, database, log } = app;
  const { desk: _desk, publicHolidays: _holidays, ...numbers } = policy;
  const now = { ...numbers, alerts: app.settings.alerts.limits, retention: app.settings.retention };
  return {
    // The demo has a file of its own, which comes with Postern.
    file: app.settings.demo ? 'demo/postern.yaml' : resolve(configFile()),
    sections: () => numbersOf(now),
    read(typed) {
      const draft = draftOf(now, typed);
      return { ...draft, policy: draft.policy && { ...policy, ...draft.policy } };
    },
    trials: openPolicyTrials({ database, present: policy, reading: () => app.intake(), log }),
  };
}
