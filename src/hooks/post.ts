/** JSON to an address of the operator's own choosing, once. */

type Posted = { readonly ok: boolean; readonly says: string };

/** Never throws. A redirection is no answer: it would carry the body to somebody else. */
export async function postJson(url: string, body: unknown, timeoutMs = 10_000): Promise<Posted> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Postern' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return { ok: response.ok, says: `${response.status} ${response.statusText}`.trim() };
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    const code = typeof cause?.code === 'string' ? cause.code : null;
    return { ok: false, says: code ?? (error instanceof Error ? error.name : 'no answer') };
  }
}
