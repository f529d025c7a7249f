import { writeFile } from 'node:fs/promises';
import { exportedNet } from '../exports/exportedNet.ts';
import { onnxModel } from '../exports/onnx/onnx.ts';
import { runChild } from '../processes/children.ts';
import { parseConfig } from '../runs/config.ts';
import { openModel } from '../runs/open.ts';
import { type BenchCase, benchLayout, benchMixing } from './cases.ts';
import { caseArguments, type PeerOptions, type PeerReport, parseReport } from './peer.ts';
import { findPython, type Python, peerScript, versionOf } from './python.ts';
import { randomDataset } from './randomData.ts';

const script = peerScript('onnxruntime_peer.py');

/** Looks for a Python with onnxruntime. */
export const findOnnxruntime = (signal?: AbortSignal): Promise<Python | null> =>
  findPython(versionOf('onnxruntime'), script, signal);

/** Writes the net of a case, as it is drawn, as `shakelab export --to onnx` writes that of a run. */
export async function exportCase(benchCase: BenchCase, path: string): Promise<void> {
  const { net, features, batch } = benchCase;
  const named = { dataset: 'digits', layout: benchLayout, mixing: benchMixing };
  const config = parseConfig({ ...named, net, features, batch });
  const dataset = randomDataset(benchCase, batch, 16);
  const model = await openModel(config, { dataset, threads: 1 });
  try {
    await writeFile(path, onnxModel(await exportedNet(model)));
  } finally {
    model.trainer.close();
  }
}

/** Times whole evaluations of a case in onnxruntime, of a net that was exported, in a process of its own. */
export async function measureOnnxruntime(
  { python }: Python,
  benchCase: BenchCase,
  path: string,
  options: PeerOptions,
  signal?: AbortSignal,
): Promise<PeerReport> {
  const args = [script, '--model', path, ...caseArguments(benchCase, options)];
  return parseReport(await runChild(python, args, signal));
}
