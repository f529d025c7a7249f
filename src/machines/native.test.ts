import { machineSuite } from '../../testkit/machineSuite.ts';
import { nativeMachine } from './native.ts';

machineSuite(nativeMachine);
