import { findOnednn } from './onednnPeer.ts';
import { findOnnxruntime } from './onnxPeer.ts';
import { findPeer } from './peer.ts';
import type { Python } from './python.ts';

/** The programs of others that ours is measured next to, as far as a Python has them. */
export interface Peers {
  torch: Python | null;
  /** To evaluate. */
  onnxruntime: Python | null;
  /** For the convolutions alone. */
  onednn: Python | null;
}

export const noPeers: Peers = { torch: null, onnxruntime: null, onednn: null };

/** Looks for all of them. */
export async function findPeers(signal?: AbortSignal): Promise<Peers> {
  return {
    torch: await findPeer(signal),
    onnxruntime: await findOnnxruntime(signal),
    onednn: await findOnednn(signal),
  };
}
