import { torchName } from '../../nets/torchNames.ts';
import { packageVersion } from '../../package.ts';
import { encodeSafetensors, type WrittenTensor } from '../../runs/safetensors.ts';
import type { ExportedNet } from '../exportedNet.ts';
import type { ExportedFile } from '../formats.ts';
import { pythonNet } from './module.ts';
import { pythonParts } from './parts.ts';

/**
 * A net as PyTorch reads it: `model.py`, which needs torch alone and spells the net out, and its weights
 * in `model.safetensors` under the names of `model.py`'s state dict.
 */
export const pytorchFiles = (exported: ExportedNet): ExportedFile[] => [
  { name: 'model.py', content: pythonModule(exported) },
  { name: 'model.safetensors', content: encodeSafetensors(stateDict(exported)) },
];

/** The weights by their names in Python; each batch norm also counts its batches. */
function stateDict({ tensors, about }: ExportedNet) {
  const stored = new Map<string, WrittenTensor>();
  for (const [name, tensor] of tensors) {
    const own = torchName(name);
    stored.set(own, tensor);
    if (name.startsWith('head.') || !own.endsWith('.running_var')) continue;
    const counted = own.replace('.running_var', '.num_batches_tracked');
    stored.set(counted, { shape: [], data: BigInt64Array.of(BigInt(about.step)) });
  }
  return { tensors: stored, metadata: sorted(about) };
}

/** Entries in the order of their keys: the same net leaves the same bytes. */
const sorted = (entries: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const pythonModule = (exported: ExportedNet): string => `"""${docString(exported)}

    from model import CLASSES, load

    model = load()                          # reads model.safetensors beside this file
    logits = model(images)                  # float32, ${shapeOf(exported)}, values from 0 to 255
    names = [CLASSES[i] for i in logits.argmax(1)]

In training mode the branches are mixed as in evaluation, unless \`coefficients\` says otherwise.
"""

import json
import struct
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

CLASSES = ${pythonList(exported.kind.classNames)}

${pythonParts}

${pythonNet(exported)}
`;

const docString = ({ title, about }: ExportedNet): string =>
  `${title.replaceAll(/["\\]/g, '')}, trained for ${about.step} steps by shakelab ${packageVersion()}.`;

const shapeOf = ({ kind: { channels, height, width } }: ExportedNet): string =>
  `[batch][${channels}][${height}][${width}]`;

/** Texts as Python reads them; what JSON escapes, Python escapes alike. */
const pythonList = (texts: readonly string[]): string =>
  texts.length === 0
    ? '[]'
    : `[\n${texts.map((text) => `    ${JSON.stringify(text)},`).join('\n')}\n]`;
