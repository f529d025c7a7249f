import type * as Runtime from 'onnxruntime-web';
import type { PageFacts } from '../../src/exports/page/page.ts';

/** What the net says of an image [channels][height][width]: the probability of every class. */
export type Classifier = (image: Uint8Array) => Promise<Float32Array>;

/** A file beside the page. */
const beside = (name: string): string => new URL(name, location.href).href;

/** Loads the runtime and the net, which lie beside the page. */
export async function openClassifier({
  channels,
  height,
  width,
  temperature,
}: PageFacts): Promise<Classifier> {
  const runtime: typeof Runtime = await import(/* @vite-ignore */ beside('runtime.js'));
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmPaths = { wasm: beside('runtime.wasm') };
  const session = await runtime.InferenceSession.create(beside('model.onnx'));
  return async (image) => {
    const shape = [1, channels, height, width];
    const images = new runtime.Tensor('float32', Float32Array.from(image), shape);
    const { logits } = await session.run({ images });
    return softmax((await logits.getData()) as Float32Array, temperature);
  };
}

function softmax(logits: Float32Array, temperature: number): Float32Array {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
