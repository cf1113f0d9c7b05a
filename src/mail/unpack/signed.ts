/** What a signature of S/MIME encloses (RFC 8551 §3.5.2, RFC 5652 §5): the mail inside, not whether anybody may be believed. */
import { Constructed, fromBER, ObjectIdentifier, OctetString, Sequence } from 'asn1js';

const signedData = '1.2.840.113549.1.7.2';
const data = '1.2.840.113549.1.7.1';

/** Null where this is no signed data, where it encloses nothing, or where it is broken or built to exhaust its reader. */
export function signedContent(der: Uint8Array): Buffer | null {
  try {
    const { offset, result } = fromBER(der, { maxDepth: 20, maxNodes: 100_000, parseEmbedded: false });
    if (offset < 0 || !(result instanceof Sequence)) return null;
    const [type, wrapped] = result.valueBlock.value;
    if (!is(type, signedData) || !(wrapped instanceof Constructed)) return null;
    const [signed] = wrapped.valueBlock.value;
    if (!(signed instanceof Sequence)) return null;
    for (const field of signed.valueBlock.value) {
      if (!(field instanceof Sequence)) continue;
      const [kind, inner] = field.valueBlock.value;
      if (!is(kind, data) || !(inner instanceof Constructed)) continue;
      const [content] = inner.valueBlock.value;
      return content instanceof OctetString ? Buffer.from(content.getValue()) : null;
    }
    return null;
  } catch {
    return null;
  }
}

const is = (value: unknown, oid: string): boolean =>
  value instanceof ObjectIdentifier && value.valueBlock.toString() === oid;
