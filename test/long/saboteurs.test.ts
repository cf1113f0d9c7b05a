/** Each saboteur alone, or the control: `node test/long/support/saboteurs.ts NAME`. */
import { describe, expect, it } from 'vitest';
import { control, saboteurs, tryOut } from './support/saboteurs.ts';

describe('the kill harness', () => {
  it('finds nothing broken where nothing is sabotaged, with every fault that the saboteurs are met with', async () => {
    expect((await tryOut(control)).broken).toEqual([]);
  });

  it.each(saboteurs.map((one) => [one.name, one.expects.source, one] as const))(
    'catches the saboteur "%s" by %s',
    async (_name, _expects, saboteur) => {
      const { caught, broken } = await tryOut(saboteur);
      expect(caught, broken.join('; ')).toBe(true);
    },
  );
});
