/** Where the web server and the counters listen, what they are called from outside, and who may ask. */
import { isIP } from 'node:net';
import { readHostPort, readSecret, readUrl, type Source } from './source.ts';
import type { Settings } from './types.ts';

type Web = Pick<
  Settings,
  'httpListen' | 'metricsListen' | 'publicUrl' | 'apiToken' | 'trustedProxies' | 'loginProvider'
>;

export function readWeb(from: Source): Web {
  const { env, faults } = from;
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
    trustedProxies: readNetworks(from, 'TRUSTED_PROXIES'),
    loginProvider: readProvider(from),
  };
}

const isNetwork = (value: string): boolean => {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  const version = isIP(address);
  return version !== 0 && (bits === undefined || Number(bits) <= (version === 4 ? 32 : 128));
};

/** Addresses and networks with a comma between them. */
export function readNetworks({ env, faults }: Source, name: 'TRUSTED_PROXIES' | 'WEBHOOK_PRIVATE'): string[] {
  const given = (env[name] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  for (const one of given)
    if (!isNetwork(one)) faults.add(name, `"${one}" is no address and no network, such as 127.0.0.1 or 10.0.0.0/8`);
  return given.filter(isNetwork);
}

const onThisMachine = (url: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);

function readProvider({ env, file, base, faults }: Source): Settings['loginProvider'] {
  if (!file.oidc) return null;
  const { name, issuer, clientId, clientSecret, scopes } = file.oidc;
  const url = new URL(issuer);
  if (url.protocol !== 'https:' && !onThisMachine(url))
    faults.add('oidc.issuer', `${issuer} has to begin with https://`);
  if (!scopes.includes('openid') || !scopes.includes('email'))
    faults.add('oidc.scopes', 'have to hold openid and email: without them the provider names nobody');
  const secret = clientSecret === undefined ? null : readSecret(faults, 'oidc.clientSecret', clientSecret, env, base);
  return { name, issuer, clientId, clientSecret: secret, scopes };
}
