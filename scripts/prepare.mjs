// npm's `prepare`, which runs in a checkout alone: compiles the native machine, builds `dist`. Without
// the development's packages (`npm ci --omit=dev`) nothing can be built, and what was built before serves.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { exit } from 'node:process';

const run = (name) => execFileSync(`npm run ${name}`, { shell: true, stdio: 'inherit' });

if (existsSync('node_modules/typescript')) {
  run('build:native');
  run('build');
} else if (existsSync('dist/cli/main.js')) {
  console.error(
    'shakelab: without its development packages nothing is built anew; dist serves as it is',
  );
} else {
  console.error(
    'shakelab: dist is not built, which takes the development packages: npm ci, without --omit=dev',
  );
  exit(1);
}
