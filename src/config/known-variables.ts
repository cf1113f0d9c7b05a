/** Variables that look like ours and are not: a typing error must not become a setting that is silently missing. */
import { nearestWord } from '../foundation/nearest-word.ts';

/** Every variable that Postern reads (INTERFACE.md "Environment"). */
const knownVariables = [
  'DATABASE_URL',
  'REDIS_URL',
  'POSTERN_DATA',
  'POSTERN_CONFIG',
  'IMAP_URL',
  'SMTP_URL',
  'LMTP_LISTEN',
  'SMTP_LISTEN',
  'HTTP_LISTEN',
  'METRICS_LISTEN',
  'PUBLIC_URL',
  'TRUSTED_PROXIES',
  'WEBHOOK_PRIVATE',
  'SUPPORT_ADDRESS',
  'ACCESS_ADDRESS',
  'RENEWALS_ADDRESS',
  'SECURITY_ADDRESS',
  'CARE_ADDRESS',
  'LICENSING_ADDRESS',
  'API_TOKEN',
  'SECRET_KEY',
  'AUTHSERV_ID',
  'SENDER_AUTH',
  'DNS_SERVERS',
  'LOG_LEVEL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_SERVICE_NAME',
  'OTEL_TRACES_SAMPLER_ARG',
  // Of tests of faults alone.
  'POSTERN_CRASH',
] as const;

/** Common on any machine, and two letters from one of ours. */
const others = new Set(['MAIL_URL', 'SMTP_LISTENER', 'LOGLEVEL']);

/** Names that are no variable of ours and look like one, with the one that may have been meant. `named`: what postern.yaml itself asks for. */
export function unknownVariables(
  given: Iterable<string>,
  named: ReadonlySet<string>,
): { readonly name: string; readonly meant: string | null }[] {
  const known: ReadonlySet<string> = new Set(knownVariables);
  const found: { name: string; meant: string | null }[] = [];
  for (const name of given) {
    if (known.has(name) || named.has(name) || others.has(name) || !/^[A-Z][A-Z0-9_]*$/.test(name)) continue;
    const meant = name.length >= 6 ? nearestWord(knownVariables, name) : null;
    if (meant !== null && Math.abs(meant.length - name.length) <= 2) found.push({ name, meant });
    else if (/^POSTERN_|_ADDRESS$|_LISTEN$/.test(name)) found.push({ name, meant: null });
  }
  return found;
}
