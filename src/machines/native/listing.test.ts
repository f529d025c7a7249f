import { expect, test } from 'vitest';
import { lowered } from '../../../testkit/programs.ts';
import { listInstructions, listProgram } from './listing.ts';

const own = { features: null };

/** The paper's nets: shaken or not, a layout's program is the same. */
test.each([
  ['preact, 20 2×4d', 'preact-20.txt', { layout: 'preact' }],
  ['preact-bn, 20 2×4d', 'preact-bn-20.txt', { layout: 'preact-bn' }],
  [
    'bn-shake, 26 2×16d',
    'bn-shake-26.txt',
    { layout: 'bn-shake', net: 'resnext-26-2x16d', channels: 3, size: 32, features: null },
  ],
  [
    '29 2×4×64d, bottlenecks in two branches of 4 groups',
    'bottleneck-29.txt',
    { layout: 'bottleneck-postact', net: 'resnext-29-2x4x64d', channels: 3, size: 32, ...own },
  ],
  [
    'a Wide ResNet with dropout, 10-2',
    'preact-dropout-10.txt',
    { layout: 'preact-dropout', net: 'wrn-10-2', channels: 3, size: 32, ...own },
  ],
])('instructions of %s', async (_, file, plan) => {
  const listing = listInstructions(lowered(plan));
  await expect(`${listing}\n`).toMatchFileSnapshot(`snapshots/${file}`);
});

test('the arena’s table has every slot and stands in the order of places', () => {
  const program = lowered({ layout: 'preact-bn' });
  const table = listProgram(program).split(`arena: ${program.arenaFloats} floats\n`)[1];
  const places = table
    .split('\n')
    .slice(1)
    .map((line) => Number.parseInt(line, 10));
  expect(places).toHaveLength(program.placement.size);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(table).toMatch(/^ *0 +144 +stem\.conv\.weight +forward 1 … prepare 0$/m);
});
