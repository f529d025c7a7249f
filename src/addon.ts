import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { arch, env, platform } from 'node:process';
import { RequestError } from './errors.ts';
import { packageFolder } from './package.ts';
import { prebuiltTarget, prebuiltTargets } from './prebuilt.ts';

/**
 * Loads the compiled addon: what native/machine/addon.cc exports. What a checkout has compiled comes
 * first, then what is prebuilt for this platform. `SHAKELAB_BUILD` names one build and no other: a
 * folder beside `build/Release`, such as those of `npm run test:sanitize`.
 *
 * @throws RequestError where none can be loaded
 */
export function loadCompiled(): unknown {
  const require = createRequire(import.meta.url);
  const faults: string[] = [];
  for (const path of candidates().filter(existsSync)) {
    try {
      return require(path);
    } catch (error) {
      faults.push((error as Error).message.split('\n')[0]);
    }
  }
  const found = faults.join('; ') || missing();
  throw new RequestError(`the native machine cannot be loaded (${found}); ${remedy()}`);
}

const missing = (): string =>
  env.SHAKELAB_BUILD
    ? `build/${env.SHAKELAB_BUILD} is missing`
    : `there is none for ${prebuiltTarget()}`;

function candidates(): string[] {
  const { SHAKELAB_BUILD: build } = env;
  const folders = build ? [`build/${build}`] : ['build/Release', `prebuilds/${prebuiltTarget()}`];
  return folders.map((folder) => join(packageFolder, folder, 'shakelab.node'));
}

/** A checkout has the sources; a package has what was prebuilt. */
function remedy(): string {
  if (existsSync(join(packageFolder, 'native'))) return 'compile it: npm run build:native';
  const shipped = prebuiltTargets().join(', ');
  const own = `compile it in a checkout, for ${platform} ${arch}`;
  return shipped ? `this package brings ${shipped}; for others ${own}` : own;
}
