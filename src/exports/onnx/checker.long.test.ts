import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../testkit/dataFiles.ts';
import { openDataset } from '../../data/datasets.ts';
import { parseConfig } from '../../runs/config.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { openModel } from '../../runs/open.ts';
import { exportedNet } from '../exportedNet.ts';
import { onnxModel } from './onnx.ts';

/** A Python with onnx, whose checker is asked where there is one: it is not part of what tests need. */
const python = process.env.SHAKELAB_READERS ?? process.env.SHAKELAB_PYTHON;
const hasOnnx = python !== undefined && spawnSync(python, ['-c', 'import onnx']).status === 0;

/** Nets of every family, with every kind of head and mixing that is written in a way of its own. */
const nets: Partial<RunConfig>[] = [
  { net: 'resnext-8-2x4d', layout: 'preact-bn' },
  { net: 'resnext-8-3x4d', layout: 'conv bn conv1 relu + relu', mixing: 'sub-band:bands=3' },
  { net: 'resnext-11-2x2x2d', layout: 'bottleneck-postact', head: 'ccl' },
  { net: 'wrn-10-1', layout: 'preact-dropout', head: 'arcface', mixing: 'shake-drop' },
  { net: 'resnext-8-2x4d', layout: 'bn-shake', head: 'triplet', averageDecay: 0.9 },
];

const script = `
import onnx, sys
for path in sys.argv[1:]:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    print(model.ir_version, model.opset_import[0].version, len(model.graph.output))
`;

test.skipIf(!hasOnnx)('every kind of net passes the checker of ONNX', async () => {
  const folder = await temporaryFolder();
  const dataset = await openDataset('digits', { trainSize: 32, testSize: 16 });
  const paths: string[] = [];
  for (const [i, config] of nets.entries()) {
    const small = parseConfig({ dataset: 'digits', trainSize: 32, batch: 16, ...config });
    const model = await openModel(small, { dataset, threads: 1 });
    try {
      await writeFiles(folder, { [`${i}.onnx`]: onnxModel(await exportedNet(model)) });
    } finally {
      model.trainer.close();
    }
    paths.push(join(folder, `${i}.onnx`));
  }
  const told = execFileSync(python!, ['-c', script, ...paths], { encoding: 'utf8' });
  expect(told.trim().split('\n')).toEqual(nets.map(() => '8 17 3'));
});
