/**
 * Secrets at rest (RELIABILITY I9): AES-256-GCM under keys that HKDF (RFC 5869) derives from `SECRET_KEY`, one for each purpose.
 * The first key seals, every one opens, so that a key is changed by putting the new one in front of the old one.
 *
 * A sealed secret is: version (1 octet), id of the key (8), nonce (12), what is hidden, tag (16). The head and what the secret
 * belongs to are authenticated with it: nothing that is copied into another row opens there.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Failure } from '../foundation/failure.ts';

const version = 1;
const idLength = 8;
const nonceLength = 12;
const tagLength = 16;
const headLength = 1 + idLength;
/** How much longer a secret is when it is sealed. */
export const sealOverhead = headLength + nonceLength + tagLength;

export type Sealer = {
  /**
   * `belongsTo` says where the secret is kept, such as `letters/4711/raw`, and is needed in the same words to open it.
   * The same secret sealed twice is two different blobs: look secrets up by `hash`.
   */
  seal(plain: Uint8Array, belongsTo: string): Buffer;
  /**
   * Fails with `seal-key-missing` where it was sealed under a key that is not given any more, and with `seal-broken`
   * where a bit is not as it was sealed, or where it belongs to something else.
   */
  open(sealed: Uint8Array, belongsTo: string): Buffer;
  /** What every secret begins with that is sealed under the first key: version and id of the key. */
  head(): Buffer;
  /** The same under the first key; null where it is so already. Fails as `open` does. */
  reseal(sealed: Uint8Array, belongsTo: string): Buffer | null;
  /**
   * 32 octets by which a secret is found without being stored, under the first key. `kind` keeps one kind of secret from
   * being found as another. Values are taken as they are: bring them into one form before.
   */
  hash(kind: string, value: string): Buffer;
  /** The same under every key, the first one first: what was stored before a key was changed is still found. */
  hashes(kind: string, value: string): Buffer[];
};

type Key = { readonly id: Buffer; readonly sealing: Buffer; readonly hashing: Buffer };

const derive = (secret: string, purpose: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `postern vault ${purpose}`, length));

const keyOf = (secret: string): Key => ({
  id: derive(secret, 'key id', idLength),
  sealing: derive(secret, 'seal', 32),
  hashing: derive(secret, 'hash', 32),
});

function authenticated(head: Uint8Array, belongsTo: string): Buffer {
  if (belongsTo === '') throw new TypeError('a sealed secret has to belong to something');
  return Buffer.concat([head, Buffer.from(belongsTo)]);
}

const broken = (belongsTo: string, why: string, cause?: unknown): Failure =>
  new Failure('seal-broken', `the sealed secret of ${belongsTo} does not open: ${why}`, { cause });

/** `secrets` as in `SECRET_KEY`: 32 bytes or more each. Without any, every call fails with `settings-unusable`. */
export function sealer(secrets: readonly string[]): Sealer {
  const keys = secrets.map(keyOf);
  const first = (): Key => {
    const [key] = keys;
    if (key) return key;
    throw new Failure(
      'settings-unusable',
      'SECRET_KEY: is needed: 32 bytes or more; make one with: openssl rand -hex 32',
    );
  };
  const hashUnder = (key: Key, kind: string, value: string): Buffer =>
    createHmac('sha256', key.hashing).update(kind).update('\0').update(value).digest();

  function seal(plain: Uint8Array, belongsTo: string): Buffer {
    const key = first();
    const head = headOf(key);
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', key.sealing, nonce, { authTagLength: tagLength });
    cipher.setAAD(authenticated(head, belongsTo));
    const hidden = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([head, nonce, hidden, cipher.getAuthTag()]);
  }

  function open(sealed: Uint8Array, belongsTo: string): Buffer {
    first();
    if (sealed.length < sealOverhead) throw broken(belongsTo, 'it is too short');
    if (sealed[0] !== version) throw broken(belongsTo, `its form ${sealed[0]} is not known to this version of Postern`);
    const head = sealed.subarray(0, headLength);
    const id = head.subarray(1);
    const key = keys.find((one) => one.id.equals(id));
    if (!key) {
      throw new Failure(
        'seal-key-missing',
        `the secret of ${belongsTo} was sealed with a SECRET_KEY that is not set any more: put the older key back behind the new one, with a comma between them`,
      );
    }
    const end = sealed.length - tagLength;
    const nonce = sealed.subarray(headLength, headLength + nonceLength);
    const decipher = createDecipheriv('aes-256-gcm', key.sealing, nonce, { authTagLength: tagLength });
    decipher.setAAD(authenticated(head, belongsTo));
    decipher.setAuthTag(sealed.subarray(end));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(headLength + nonceLength, end)), decipher.final()]);
    } catch (cause) {
      throw broken(belongsTo, 'it was changed, or copied from somewhere else', cause);
    }
  }

  const headOf = (key: Key): Buffer => Buffer.concat([Buffer.from([version]), key.id]);

  return {
    seal,
    open,
    head: () => headOf(first()),
    reseal(sealed, belongsTo) {
      const plain = open(sealed, belongsTo);
      return first().id.equals(sealed.subarray(1, headLength)) ? null : seal(plain, belongsTo);
    },
    hash: (kind, value) => hashUnder(first(), kind, value),
    hashes(kind, value) {
      first();
      return keys.map((key) => hashUnder(key, kind, value));
    },
  };
}
