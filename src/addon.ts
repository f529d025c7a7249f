import { createRequire } from 'node:module';
import { env } from 'node:process';
import { RequestError } from './errors.ts';

/**
 * Loads the compiled addon: what native/machine/addon.cc exports. `SHAKELAB_BUILD` names another build
 * of it than `Release`: the instrumented ones of `npm run test:sanitize`.
 *
 * @throws RequestError where the addon is not compiled
 */
export function loadCompiled(): unknown {
  const require = createRequire(import.meta.url);
  const path = `../build/${env.SHAKELAB_BUILD ?? 'Release'}/shakelab.node`;
  try {
    return require(path);
  } catch (error) {
    throw new RequestError(
      `the native machine cannot be loaded (${(error as Error).message.split('\n')[0]}); ` +
        `it is compiled by npm's install script: run npm rebuild shakelab, or npm run build:native`,
    );
  }
}
