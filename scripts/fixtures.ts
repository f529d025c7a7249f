import { env } from 'node:process';
import { makeExported } from '../testkit/makeExported.ts';

// SHAKELAB_PYTHON=python3 npm run fixtures: what PyTorch makes of our exports, see testkit/runExported.py.
await makeExported(env.SHAKELAB_PYTHON ?? 'python3');
