/**
 * What one client, and all together, may ask of the receiver (MAIL.md §1). Whoever is over a limit is told to come again (4xx): an MTA
 * keeps the mail, so nothing is lost by it. The numbers are wide: mostly there is one client, the operator's own relay.
 */
export type ReceiveLimits = {
  /** Connections open at once, from one address. */
  readonly connectionsPerClient: number;
  /** Mails begun in a minute of the clock, from one address. */
  readonly mailsPerMinute: number;
  /** Octets of mails that are being taken in, of all sessions together; one mail alone is taken whatever its size. */
  readonly octetsInHand: number;
};

export const defaultReceiveLimits: ReceiveLimits = {
  connectionsPerClient: 100,
  mailsPerMinute: 60_000,
  octetsInHand: 256 * 2 ** 20,
};

type InHand = {
  /** False where there is no room for these octets; then none of this mail's are held any more. */
  take(octets: number): boolean;
  release(): void;
};

export function receiveLimits(limits: ReceiveLimits, now: () => number) {
  const open = new Map<string, number>();
  let minute = -1;
  let begun = new Map<string, number>();
  let held = 0;
  return {
    connect(client: string): boolean {
      const count = open.get(client) ?? 0;
      if (count >= limits.connectionsPerClient) return false;
      open.set(client, count + 1);
      return true;
    },
    disconnect(client: string): void {
      const count = (open.get(client) ?? 0) - 1;
      if (count > 0) open.set(client, count);
      else open.delete(client);
    },
    begin(client: string): boolean {
      const at = Math.floor(now() / 60_000);
      if (at !== minute) {
        minute = at;
        begun = new Map();
      }
      const count = (begun.get(client) ?? 0) + 1;
      begun.set(client, count);
      return count <= limits.mailsPerMinute;
    },
    hold(): InHand {
      let own = 0;
      const release = () => {
        held -= own;
        own = 0;
      };
      return {
        take(octets) {
          if (held + octets > limits.octetsInHand && held > own) {
            release();
            return false;
          }
          held += octets;
          own += octets;
          return true;
        },
        release,
      };
    },
    inHand: () => held,
  };
}
