import { machineSuite } from '../../testkit/machineSuite.ts';
import { referenceMachine } from './reference.ts';

machineSuite(referenceMachine);
