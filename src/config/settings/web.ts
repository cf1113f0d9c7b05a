/** Where the web server and the counters listen, what they are called from outside, and who may ask. */
import { readHostPort, readUrl, type Source } from './source.ts';
import type { Settings } from './types.ts';

export function readWeb({
  env,
  faults,
}: Source): Pick<Settings, 'httpListen' | 'metricsListen' | 'publicUrl' | 'apiToken'> {
  const publicUrl = readUrl(faults, 'PUBLIC_URL', env.PUBLIC_URL, ['http:', 'https:']);
  const httpListen = readHostPort(faults, 'HTTP_LISTEN', env.HTTP_LISTEN) ?? { host: '127.0.0.1', port: 8080 };
  const metricsListen = readHostPort(faults, 'METRICS_LISTEN', env.METRICS_LISTEN);
  if (env.API_TOKEN !== undefined && env.API_TOKEN !== '' && env.API_TOKEN.length < 16)
    faults.add('API_TOKEN', 'has to have 16 characters or more');
  return {
    httpListen,
    metricsListen,
    publicUrl: (publicUrl?.href ?? `http://${httpListen.host}:${httpListen.port}`).replace(/\/$/, ''),
    apiToken: env.API_TOKEN || null,
  };
}
