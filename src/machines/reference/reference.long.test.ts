import { loweringSuite } from '../../../testkit/kernelSuite.ts';
import { machineSuite } from '../../../testkit/machineSuite.ts';
import { referenceMachine } from './reference.ts';

machineSuite(referenceMachine, ['mnist']);
loweringSuite({ seed: 3, count: 30 });
