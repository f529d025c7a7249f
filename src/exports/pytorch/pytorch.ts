import { torchName } from '../../nets/torchNames.ts';
import { packageVersion } from '../../package.ts';
import { encodeSafetensors, type WrittenTensor } from '../../runs/safetensors.ts';
import type { ExportedNet } from '../exportedNet.ts';
import type { ExportedFile } from '../formats.ts';
import { pythonHead } from './heads.ts';
import { pythonNet } from './module.ts';
import { pythonParts, pythonReader } from './parts.ts';

/**
 * A net as PyTorch reads it: `model.py`, which needs torch alone and spells the net out, and its weights
 * in `model.safetensors` under the names of `model.py`'s state dict.
 */
export const pytorchFiles = (exported: ExportedNet): ExportedFile[] => [
  { name: 'model.py', content: pythonModule(exported) },
  { name: 'model.safetensors', content: encodeSafetensors(stateDict(exported)) },
];

/** The weights by their names in Python; batch norms and heads of cosines also count their batches. */
function stateDict({ tensors, about, readout }: ExportedNet) {
  const counting = readout?.kind === 'cosine' ? /\.running_var$|^fc\.weight$/ : /\.running_var$/;
  const stored = new Map<string, WrittenTensor>();
  for (const [name, tensor] of tensors) {
    const own = torchName(name);
    stored.set(own, tensor);
    if (counting.test(own))
      stored.set(own.replace(/[^.]*$/, 'num_batches_tracked'), {
        shape: [],
        data: BigInt64Array.of(BigInt(about.step)),
      });
  }
  return { tensors: stored, metadata: sorted(about) };
}

/** Entries in the order of their keys: the same net leaves the same bytes. */
const sorted = (entries: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function pythonModule(exported: ExportedNet): string {
  const parts = [
    pythonParts,
    ...pythonHead(exported).definitions,
    pythonReader,
    pythonNet(exported),
  ];
  const code = parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n\n');
  return `"""${docString(exported)}

    from model import CLASSES, load

    model = load()                          # reads model.safetensors beside this file
    logits = model(images)                  # float32, ${shapeOf(exported)}, values from 0 to 255
    names = [CLASSES[i] for i in logits.argmax(1)]

In training mode the branches are mixed as in evaluation, unless \`coefficients\` says otherwise.${lossLine(exported)}
"""

import json
${code.includes('math.') ? 'import math\n' : ''}import struct
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

CLASSES = ${pythonList(exported.kind.classNames)}

${code}
`;
}

const lossLine = ({ objective }: ExportedNet): string =>
  objective ? '\n`model.loss(images, labels, coefficients)` is what it was trained by.' : '';

const docString = ({ title, about }: ExportedNet): string =>
  `${title.replaceAll(/["\\]/g, '')}, trained for ${about.step} steps by shakelab ${packageVersion()}.`;

const shapeOf = ({ kind: { channels, height, width } }: ExportedNet): string =>
  `[batch][${channels}][${height}][${width}]`;

/** Texts as Python reads them; what JSON escapes, Python escapes alike. */
const pythonList = (texts: readonly string[]): string =>
  texts.length === 0
    ? '[]'
    : `[\n${texts.map((text) => `    ${JSON.stringify(text)},`).join('\n')}\n]`;
