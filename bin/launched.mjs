// Loaded first where bin/postern.mjs stays in between. A terminal and npm signal the whole group, `kill` only the launcher:
// the launcher says what it got, and it counts here unless the signal came by itself. When the launcher dies, we stop as well.
const cameAt = new Map();
const sameSignalMs = 1_000;
const settleMs = 100;

function arrived(signal) {
  cameAt.set(signal, performance.now());
  if (process.listenerCount(signal) > 1) return;
  process.removeListener(signal, listeners.get(signal));
  process.kill(process.pid, signal);
}
const listeners = new Map(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, () => arrived(signal)]));
for (const [signal, listener] of listeners) process.on(signal, listener);

const handOn = (signal) =>
  setTimeout(() => {
    if (performance.now() - (cameAt.get(signal) ?? Number.NEGATIVE_INFINITY) > sameSignalMs)
      process.kill(process.pid, signal);
  }, settleMs);

process.on('message', (message) => {
  if (listeners.has(message?.signal)) handOn(message.signal);
});
process.on('disconnect', () => handOn('SIGTERM'));
process.channel?.unref();
