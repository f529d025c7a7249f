import { runChild } from '../processes/children.ts';
import { type BenchCase, netOf } from './cases.ts';
import { convolutionsOf } from './convolutions.ts';
import { caseArguments, type PeerOptions, type PeerReport, parseReport } from './peer.ts';
import { findPython, type Python, peerScript } from './python.ts';

const script = peerScript('onednn_peer.py');

/** PyTorch tells the version of the oneDNN within it; where there is none, this fails. */
const question =
  'import re, torch; print(re.search(r"DNN v([\\d.]+)", torch.__config__.show())[1])';

/** Looks for a Python whose PyTorch has oneDNN. */
export const findOnednn = (signal?: AbortSignal): Promise<Python | null> =>
  findPython(question, script, signal);

/** Times the convolutions of a case's net alone in oneDNN, in a process of its own. */
export async function measureOnednn(
  { python }: Python,
  benchCase: BenchCase,
  options: PeerOptions,
  signal?: AbortSignal,
): Promise<PeerReport> {
  const convolutions = JSON.stringify(convolutionsOf(netOf(benchCase)));
  const own = ['--mode', benchCase.mode, '--convolutions', convolutions];
  const args = [script, ...own, ...caseArguments(benchCase, options)];
  return parseReport(await runChild(python, args, signal));
}
