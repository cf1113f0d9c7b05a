/** Every letter of ours carries this header, so that two gateways that write to each other notice it (POLICY §3.r3). Any value counts. */
export const loopMarkHeader = 'X-Postern-Loop';
