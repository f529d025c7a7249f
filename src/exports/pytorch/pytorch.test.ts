import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataset } from '../../data/datasets.ts';
import { parseConfig } from '../../runs/config.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { openModel } from '../../runs/open.ts';
import { exportedNet } from '../exportedNet.ts';
import { pytorchFiles } from './pytorch.ts';

/** A Python with torch: not part of what tests need, so that what asks it is skipped where none is named. */
const python = process.env.SHAKELAB_PYTHON;
const images = 32;

/** The files of a net after an epoch of two steps, its test images, and our logits of them. */
async function exportedAfterSteps(config: Partial<RunConfig>) {
  const dataset = await openDataset('digits', { trainSize: 64, testSize: images });
  const model = await openModel(
    parseConfig({ dataset: 'digits', trainSize: 64, batch: 32, epochs: 1, ...config }),
    { dataset, threads: 1 },
  );
  try {
    for await (const event of model.trainer.train()) expect(event.kind).toMatch(/step|epoch/);
    const { logits } = await model.trainer.predict('test');
    return { files: pytorchFiles(await exportedNet(model)), dataset, logits };
  } finally {
    model.trainer.close();
  }
}

/** Names and shapes of a safetensors file, as its header has them. */
function headerOf(
  content: Uint8Array | string,
): Record<string, { shape: number[]; dtype: string }> {
  const bytes = Buffer.from(content as Uint8Array);
  return JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString());
}

test('weights bear the names that torchvision made usual', async () => {
  const { files } = await exportedAfterSteps({ net: 'resnext-8-2x4d', layout: 'preact-bn' });
  const { __metadata__, ...tensors } = headerOf(files[1].content);
  const block = Object.keys(tensors).filter((name) => name.startsWith('layer2.'));
  expect(block.filter((name) => name.endsWith('.weight')).toSorted()).toEqual([
    'layer2.0.branches.0.weight',
    'layer2.0.branches.2.weight',
    'layer2.0.branches.3.weight',
    'layer2.0.branches.5.weight',
    'layer2.0.branches.6.weight',
    'layer2.0.downsample.bn.weight',
    'layer2.0.downsample.conv.weight',
  ]);
  expect(tensors['bn1.num_batches_tracked']).toMatchObject({ dtype: 'I64', shape: [] });
  expect(tensors['bn1.running_mean'].shape).toEqual([16]);
  expect(tensors['fc.weight'].shape).toEqual([10, 16]);
  expect(
    Object.keys(tensors).filter((name) => /momentum|stage|epoch|running[MV]/.test(name)),
  ).toEqual([]);
});

const question = `
import importlib.util, json, sys, torch
spec = importlib.util.spec_from_file_location('model', sys.argv[1] + '/model.py')
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
case = json.load(open(sys.argv[1] + '/case.json'))
images = torch.tensor(case['images'], dtype=torch.float32).reshape(case['shape'])
with torch.no_grad():
    print(json.dumps(module.load()(images).flatten().tolist()))
`;

test.skipIf(!python).each<Partial<RunConfig>>([
  { net: 'resnext-8-2x4d', layout: 'preact-bn' },
  { net: 'resnext-8-2x4d', layout: 'postact' },
  { net: 'resnext-11-2x2x2d', layout: 'bottleneck-relu-preact' },
  { net: 'wrn-10-1', layout: 'preact-dropout' },
  { net: 'resnext-8-2x4d', head: 'arcface', features: 4 },
  { net: 'resnext-8-2x4d', head: 'l-softmax', features: 4 },
  { net: 'resnext-8-2x4d', head: 'ccl', features: 4, mixing: 'sub-band:bands=3' },
  { net: 'resnext-8-2x4d', head: 'triplet', features: 4, mixing: 'shake-drop' },
])('PyTorch computes the logits of %o', async (config) => {
  const { files, dataset, logits } = await exportedAfterSteps(config);
  const folder = mkdtempSync(join(tmpdir(), 'shakelab-pytorch-'));
  try {
    for (const { name, content } of files) writeFileSync(join(folder, name), content);
    const { test: split, channels, height, width } = dataset;
    const shape = [images, channels, height, width];
    writeFileSync(join(folder, 'case.json'), JSON.stringify({ shape, images: [...split.images] }));
    const found: number[] = JSON.parse(
      execFileSync(python!, ['-c', question, folder], { encoding: 'utf8' }),
    );
    const largest = logits.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(found.length).toBe(logits.length);
    for (const [i, value] of found.entries())
      expect(Math.abs(value - logits[i])).toBeLessThan(1e-5 * largest);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
