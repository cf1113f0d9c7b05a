/** Milliseconds of processor time this process has used: what others take of the machine does not count, as it does by the clock. */
export const cpuTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
