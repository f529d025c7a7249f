import { expect, test } from 'vitest';
import { runtimeDifference } from '../../../testkit/onnxRuntime.ts';

test.each(['postact', 'relu-preact', 'preact', 'bn-shake'])(
  'a runtime computes the logits of a bottleneck with %s',
  async (layout) => {
    const config = { net: 'resnext-11-2x2x2d', layout: `bottleneck-${layout}` };
    expect(await runtimeDifference(config)).toBeLessThan(1e-5);
  },
);
