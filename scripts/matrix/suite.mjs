// `node scripts/matrix/suite.mjs FOLDER`: the kernel suite of this checkout by the machine that a packed package in
// that folder brings for this platform.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env, execPath } from 'node:process';

const [, , folder] = argv;
const packed = readdirSync(folder).find((name) => name.endsWith('.tgz'));
mkdirSync('build/packed', { recursive: true });
const into = ['-C', 'build/packed', '--strip-components=1'];
execFileSync('tar', ['-xzf', join(folder, packed), ...into], { stdio: 'inherit' });

const url = new URL('../../build/packed/dist/prebuilt.js', import.meta.url).href;
const { prebuiltTarget } = await import(url);
const build = `packed/prebuilds/${prebuiltTarget()}`;
console.log(`the kernel suite by build/${build}/shakelab.node`);
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'lab', 'src/machines/'];
execFileSync(execPath, vitest, { stdio: 'inherit', env: { ...env, SHAKELAB_BUILD: build } });
