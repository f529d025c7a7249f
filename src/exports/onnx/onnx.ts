import type { Node } from '../../graph/graph.ts';
import { packageVersion } from '../../package.ts';
import type { ExportedNet } from '../exportedNet.ts';
import { OnnxBuilder } from './onnxBuilder.ts';
import { type OnnxContext, writeOp } from './ops.ts';
import { encodeOnnx, type OnnxGraph } from './proto.ts';
import { writeReadout } from './readout.ts';

/** Names of what goes into a model and comes out. */
export const onnxNames = {
  images: 'images',
  logits: 'logits',
  probabilities: 'probabilities',
  features: 'features',
};

/**
 * A net in evaluation form as an ONNX file (opset 17, IR 8), weights inside. It reads `images`
 * [batch][channels][height][width], values from 0 to 255, which it normalises itself, and leaves
 * `logits` and `probabilities` [batch][classes] and `features` [batch][D].
 *
 * @throws RequestError for a head that does not say how its logits follow from features
 */
export function onnxModel(exported: ExportedNet): Uint8Array {
  const { title, about, kind } = exported;
  return encodeOnnx({
    graph: onnxGraph(exported),
    producer: { name: 'shakelab', version: packageVersion() },
    text: `${title}. ${howToFeed(kind)}`,
    metadata: { ...about, preprocessing: preprocessing(kind) },
  });
}

/** The same net's operations and constants, before they are encoded. */
export function onnxGraph(exported: ExportedNet): OnnxGraph {
  const { graph, kind, net, title } = exported;
  const { channels, height, width, classNames } = kind;
  const builder = new OnnxBuilder();
  const context: OnnxContext = { builder, exported };
  const features = writeNodes(context, graph.nodes);
  const logits = writeReadout(context, features);
  leave(builder, onnxNames.logits, logits);
  builder.add('Softmax', onnxNames.probabilities, [logits], { axis: 1 });
  leave(builder, onnxNames.features, features);
  const ofBatch = (name: string, shape: number[], text: string) => ({
    name,
    shape: ['batch', ...shape],
    text,
  });
  return {
    name: identifier(title),
    nodes: builder.nodes,
    initializers: builder.initializers,
    inputs: [ofBatch(onnxNames.images, [channels, height, width], howToFeed(kind))],
    outputs: [
      ofBatch(onnxNames.logits, [classNames.length], 'what the classes are predicted from'),
      ofBatch(onnxNames.probabilities, [classNames.length], 'softmax of the logits'),
      ofBatch(onnxNames.features, [net.features], 'what the head sees'),
    ],
  };
}

/** A title's letters and digits, underscores between: some tools name a function or file by the graph. */
const identifier = (title: string): string =>
  title.replace(/[^a-z0-9]+/gi, '_').replace(/^_|_$/g, '');

/** Leaves a value under a name of its own: what leaves is read by no other node, which some converters take for granted. */
const leave = (builder: OnnxBuilder, name: string, value: string): string =>
  builder.add('Identity', name, [value]);

/** Writes all ops in their order; the name of what the last one leaves. */
function writeNodes(context: OnnxContext, nodes: Node[]): string {
  const names = new Map<Node, string>();
  for (const node of nodes) {
    const inputs = node.inputs.map((input) => names.get(input)!);
    names.set(node, writeOp(context, node, inputs.length > 0 ? inputs : [onnxNames.images]));
  }
  return names.get(nodes.at(-1)!)!;
}

type Kind = ExportedNet['kind'];

const howToFeed = ({ channels, height, width }: Kind): string =>
  `Images of ${channels} × ${height} × ${width} values from 0 to 255; normalisation is inside`;

/** How an image becomes the input, as JSON. */
const preprocessing = ({ channels, height, width, mean, std }: Kind): string =>
  JSON.stringify({
    layout: 'NCHW',
    channels,
    height,
    width,
    values: [0, 255],
    inside: { mean, std },
  });
