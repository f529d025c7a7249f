import { PbfWriter } from 'pbf';

/** A constant of an ONNX graph; the type of its values is that of the array. */
export interface OnnxTensor {
  name: string;
  dims: number[];
  data: Float32Array | BigInt64Array;
}

/** An attribute of a node: a whole number, several, a word, or a 32-bit float. */
export type OnnxAttribute = number | number[] | string | { float: number };

/** One operation: what it reads and what it leaves, by name. */
export interface OnnxNode {
  type: string;
  name: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, OnnxAttribute>;
}

/** What goes in or comes out: 32-bit floats; a name instead of a number stands for any extent. */
export interface OnnxValue {
  name: string;
  shape: (number | string)[];
  text: string;
}

export interface OnnxGraph {
  name: string;
  nodes: OnnxNode[];
  initializers: OnnxTensor[];
  inputs: OnnxValue[];
  outputs: OnnxValue[];
}

/** A whole file. */
export interface OnnxModel {
  graph: OnnxGraph;
  producer: { name: string; version: string };
  text: string;
  metadata: Record<string, string>;
}

/**
 * The pair of versions that files are written in: old enough for every runtime of npm, which refuse
 * what the newest `onnx` package writes (opset 28, IR 14).
 */
const onnxVersions = { ir: 8, opset: 17 };

/** Numbers of `AttributeProto.AttributeType` and `TensorProto.DataType`. */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 };
const dataTypes = { float: 1, int64: 7 };

/**
 * Encodes a model as onnx.proto has it (ONNX 1.12, IR version 8): a field a line, by its number there.
 */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, onnxVersions.ir);
  pbf.writeStringField(2, model.producer.name);
  pbf.writeStringField(3, model.producer.version);
  pbf.writeStringField(6, model.text);
  pbf.writeMessage(7, writeGraph, model.graph);
  pbf.writeMessage(8, writeOperatorSet, onnxVersions.opset);
  for (const entry of Object.entries(model.metadata)) pbf.writeMessage(14, writeEntry, entry);
  return pbf.finish();
}

function writeOperatorSet(version: number, pbf: PbfWriter): void {
  pbf.writeStringField(1, '');
  pbf.writeVarintField(2, version);
}

function writeEntry([key, value]: [string, string], pbf: PbfWriter): void {
  pbf.writeStringField(1, key);
  pbf.writeStringField(2, value);
}

function writeGraph(graph: OnnxGraph, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node);
  pbf.writeStringField(2, graph.name);
  for (const tensor of graph.initializers) pbf.writeMessage(5, writeTensor, tensor);
  for (const value of graph.inputs) pbf.writeMessage(11, writeValue, value);
  for (const value of graph.outputs) pbf.writeMessage(12, writeValue, value);
}

function writeNode({ type, name, inputs, outputs, attributes }: OnnxNode, pbf: PbfWriter): void {
  for (const input of inputs) pbf.writeStringField(1, input);
  for (const output of outputs) pbf.writeStringField(2, output);
  pbf.writeStringField(3, name);
  pbf.writeStringField(4, type);
  for (const attribute of Object.entries(attributes))
    pbf.writeMessage(5, writeAttribute, attribute);
}

function writeAttribute([name, value]: [string, OnnxAttribute], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  if (typeof value === 'number') {
    pbf.writeVarintField(3, value);
    pbf.writeVarintField(20, attributeTypes.int);
  } else if (typeof value === 'string') {
    pbf.writeStringField(4, value);
    pbf.writeVarintField(20, attributeTypes.string);
  } else if (Array.isArray(value)) {
    for (const one of value) pbf.writeVarintField(8, one);
    pbf.writeVarintField(20, attributeTypes.ints);
  } else {
    pbf.writeFloatField(2, value.float);
    pbf.writeVarintField(20, attributeTypes.float);
  }
}

function writeTensor({ name, dims, data }: OnnxTensor, pbf: PbfWriter): void {
  for (const extent of dims) pbf.writeVarintField(1, extent);
  pbf.writeVarintField(2, data instanceof Float32Array ? dataTypes.float : dataTypes.int64);
  pbf.writeStringField(8, name);
  pbf.writeBytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function writeValue({ name, shape, text }: OnnxValue, pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeMessage(2, writeType, shape);
  pbf.writeStringField(3, text);
}

/** `TypeProto` with its `tensor_type`. */
function writeType(shape: OnnxValue['shape'], pbf: PbfWriter): void {
  pbf.writeMessage(1, writeTensorType, shape);
}

function writeTensorType(shape: OnnxValue['shape'], pbf: PbfWriter): void {
  pbf.writeVarintField(1, dataTypes.float);
  pbf.writeMessage(2, writeShape, shape);
}

function writeShape(shape: OnnxValue['shape'], pbf: PbfWriter): void {
  for (const extent of shape) pbf.writeMessage(1, writeExtent, extent);
}

function writeExtent(extent: number | string, pbf: PbfWriter): void {
  if (typeof extent === 'number') pbf.writeVarintField(1, extent);
  else pbf.writeStringField(2, extent);
}
