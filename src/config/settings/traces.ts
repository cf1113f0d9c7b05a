/** Where traces go, by the names that OpenTelemetry gives to its variables; without an endpoint there are none. */
import type { TraceSettings } from '../../traces/open-traces.ts';
import { readUrl, type Source } from './source.ts';

export function readTraces({ env, faults }: Source): { traces: TraceSettings | null } {
  const endpoint = readUrl(faults, 'OTEL_EXPORTER_OTLP_ENDPOINT', env.OTEL_EXPORTER_OTLP_ENDPOINT, ['http:', 'https:']);
  const share = Number(env.OTEL_TRACES_SAMPLER_ARG || 1);
  if (!(share >= 0 && share <= 1)) faults.add('OTEL_TRACES_SAMPLER_ARG', 'has to be a number from 0 to 1');
  const headers = (env.OTEL_EXPORTER_OTLP_HEADERS ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
    .flatMap((one): [string, string][] => {
      const [, name, value] = /^([^=\s]+)\s*=\s*(.*)$/.exec(one) ?? [];
      if (name === undefined || value === undefined) {
        faults.add('OTEL_EXPORTER_OTLP_HEADERS', 'has to be name=value, with a comma between several');
        return [];
      }
      return [[name, decoded(value)]];
    });
  if (!endpoint) return { traces: null };
  const base = endpoint.href.replace(/\/$/, '');
  return {
    traces: {
      url: `${base}/v1/traces`,
      headers: Object.fromEntries(headers),
      service: env.OTEL_SERVICE_NAME || 'postern',
      share,
    },
  };
}

/** W3C baggage: percent-encoded. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
