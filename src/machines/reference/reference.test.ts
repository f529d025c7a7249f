import { listFixtures } from '../../../testkit/fixtures.ts';
import { loweringSuite } from '../../../testkit/kernelSuite.ts';
import { machineSuite } from '../../../testkit/machineSuite.ts';
import { referenceMachine } from './reference.ts';

// The net of the paper's size, and more programs, are in `reference.long.test.ts`.
machineSuite(
  referenceMachine,
  listFixtures().filter((name) => name !== 'mnist'),
);
loweringSuite({ seed: 3, count: 8 });
