/**
 * Settings that are missing although everything works, so that somebody is not notified (POLICY §4.3, §11.1): told by `doctor`, readiness and every start.
 * It keeps no mail from being taken, decided or sent.
 */
import type { Policy } from '../../intake/policy.ts';
import type { Customers } from '../../store/registry/registry.ts';

type Missing = {
  readonly code: 'customers' | 'staff' | 'phones' | 'sender-check' | 'alerts' | 'typing';
  readonly says: string;
  readonly todo: string;
};

export function missingSettings(
  given: {
    readonly desk: Pick<Policy['desk'], 'staff' | 'phones' | 'senderAuth'>;
    readonly authservId: string | null;
    readonly dnsServers: readonly string[] | 'system' | null;
    readonly warnings: readonly string[];
    readonly alerts: { readonly to: readonly string[]; readonly url: string | null };
  },
  customers: Customers,
): Missing[] {
  const { staff, phones, senderAuth } = given.desk;
  const missing: Missing[] = [];
  if (customers.sites === 0)
    missing.push({
      code: 'customers',
      says: 'there are no customers, so every mail is held as unknown',
      todo: 'write them into a file (docs/customers.md) and import it: npx postern registry import customers.yaml',
    });
  if (staff.length === 0)
    missing.push({
      code: 'staff',
      says: 'nobody is alerted of a severity 1, or of mail that is held',
      todo: 'name the staff in postern.yaml: staff: [{ name: …, email: …, roles: [engineer] }]',
    });
  const silent = phones.default === undefined ? customers.countries.filter((country) => !phones[country]) : [];
  if (silent.length > 0)
    missing.push({
      code: 'phones',
      says: `customers in ${silent.slice(0, 8).join(', ')}${silent.length > 8 ? ' and more' : ''} are told no number to call when work has stopped`,
      todo: 'name one in postern.yaml: phones: { default: "+44 20 7946 0018" }, and those of countries as { GB: … }',
    });
  if (given.authservId === null && given.dnsServers === null && senderAuth !== 'off')
    missing.push({
      code: 'sender-check',
      says: 'no sender can be verified: AUTHSERV_ID is not set, and DNS_SERVERS=off',
      todo: 'set AUTHSERV_ID to the name that your mail server writes into Authentication-Results',
    });
  if (given.alerts.to.length === 0 && given.alerts.url === null)
    missing.push({
      code: 'alerts',
      says: 'nobody hears of it when mail is not fetched, letters fail or the disk fills up',
      todo: 'name somebody in postern.yaml: alerts: [ops@desk.example], and alertUrl for trouble with mail itself',
    });
  for (const warning of given.warnings)
    missing.push({ code: 'typing', says: warning, todo: 'write it as it was meant, or take it away' });
  return missing;
}
