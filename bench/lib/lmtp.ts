/** An MTA in little: LMTP over one connection that stays open. */
import { connect } from 'node:net';
import { support } from './mails.ts';
import { now } from './numbers.ts';

export type LmtpClient = {
  /** Hands one mail over; resolves with the moments of the end of DATA and of the 250. */
  send(raw: Buffer, from: string): Promise<{ ended: number; promised: number }>;
  close(): void;
};

export async function openLmtp(port: number): Promise<LmtpClient> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let text = '';
  let heard = () => {};
  let lost: Error | null = null;
  socket.on('error', (error) => {
    lost = error;
    heard();
  });
  socket.on('close', () => {
    lost ??= new Error('the LMTP server closed the connection');
    heard();
  });
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    heard();
  });
  const reply = async (wanted: string): Promise<void> => {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r\n)*(\d{3}) .*\r\n/.exec(text);
      if (whole) {
        text = text.slice(whole[0].length);
        if (whole[1] !== wanted) throw new Error(`LMTP said ${whole[0].trim()}`);
        return;
      }
      if (lost) throw lost;
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  };
  await reply('220');
  socket.write('LHLO bench.test\r\n');
  await reply('250');
  return {
    async send(raw, from) {
      socket.write(`MAIL FROM:<${from}>\r\nRCPT TO:<${support}>\r\nDATA\r\n`);
      await reply('250');
      await reply('250');
      await reply('354');
      // No line of our mails begins with a dot.
      socket.write(Buffer.concat([raw, Buffer.from('.\r\n')]));
      const ended = now();
      await reply('250');
      return { ended, promised: now() };
    },
    close: () => socket.destroy(),
  };
}
