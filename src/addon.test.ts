import { afterEach, expect, test, vi } from 'vitest';
import { loadCompiled } from './addon.ts';

afterEach(() => vi.unstubAllEnvs());

test('the build that is asked for by name is loaded or refused, no other', () => {
  vi.stubEnv('SHAKELAB_BUILD', 'Nowhere');
  expect(loadCompiled).toThrow(
    /^the native machine cannot be loaded \(build\/Nowhere is missing\); compile it: npm run build:native$/,
  );
});
