import { apartMachine } from '../../testkit/apartMachine.ts';
import { machineSuite } from '../../testkit/machineSuite.ts';
import { referenceMachine } from './reference/reference.ts';

machineSuite(apartMachine(referenceMachine));
