import { type Node, parametersOf } from '../src/graph/graph.ts';
import { referenceMachine } from '../src/machines/reference/reference.ts';
import type { OpState } from '../src/ops/rule.ts';
import { ruleOf } from '../src/ops/table.ts';
import { addInto, type Tensor, zeros } from '../src/ops/tensor.ts';
import type { Slot } from '../src/program/slots.ts';
import { type KernelCase, kernelGraph, kernelProgram } from './kernelCases.ts';
import { give, kernelImages, kernelIndices, type Outcome } from './kernelRun.ts';

/**
 * Features and gradients of a case by back-propagation over its graph, op by op in double
 * precision: no program, no views, no fusion, no arena.
 */
export async function runGraph(one: KernelCase): Promise<Outcome> {
  const { nodes, output } = kernelGraph(one);
  const [samples] = one.samples;
  const given = await givenNumbers(one);
  const outcome: Outcome = new Map();
  const evaluated = forward(nodes, one, (node) => stateOf(node, given, true));
  outcome.set('evaluated features', Float32Array.from(evaluated.get(output)!.data));
  const values = forward(nodes, one, (node) => stateOf(node, given, false));
  outcome.set('trained features', Float32Array.from(values.get(output)!.data));

  const gradients = new Map(nodes.map((node) => [node, zeros(samples, node.shape)]));
  gradients.get(output)!.data.set(given('feature gradients'));
  for (const node of [...nodes].reverse().filter(({ inputs }) => inputs.length > 0)) {
    const inputs = node.inputs.map((input) => values.get(input)!);
    const state = stateOf(node, given, false);
    const gradient = ruleOf(node.op).gradient(node.op, inputs, state, gradients.get(node)!);
    node.inputs.forEach((input, i) => {
      addInto(gradients.get(input)!.data, gradient.inputs[i].data);
    });
    parametersOf(node).forEach(({ name }, i) => {
      outcome.set(`gradient ${name}`, Float32Array.from(gradient.parameters[i]));
    });
  }
  return outcome;
}

type Given = (name: string) => Float64Array;

/** The numbers that every machine is given, by name. */
async function givenNumbers(one: KernelCase): Promise<Given> {
  const program = kernelProgram(one);
  const [samples, batch] = one.samples;
  const execution = referenceMachine.open(program);
  give(execution, program, one);
  const { parameters, running, coefficients, dropoutKeys, featureGradients } = program;
  const numbers = new Map<string, ArrayLike<number>>();
  const note = async (name: string, slot: Slot, values: Float32Array | Uint32Array) => {
    await execution.read(slot, values);
    numbers.set(name, values);
  };
  const whole = ({ size }: Slot) => new Float32Array(size);
  const share = ({ size }: Slot) => new Float32Array((size / batch) * samples);
  for (const { name, value } of parameters) await note(name, value, whole(value));
  for (const { name, slot } of running) await note(name, slot, whole(slot));
  for (const [block, { forward, backward }] of coefficients.entries()) {
    await note(`alpha ${block}`, forward.slot, share(forward.slot));
    await note(`beta ${block}`, backward.slot, share(backward.slot));
  }
  await note('feature gradients', featureGradients, share(featureGradients));
  for (const [i, key] of dropoutKeys.entries())
    await note(`dropout ${i}`, key, new Uint32Array(key.size));
  return (name) => Float64Array.from(numbers.get(name)!);
}

function stateOf(node: Node, given: Given, evaluation: boolean): OpState {
  const { op } = node;
  const parameters = parametersOf(node).map(({ name }) => given(name));
  if (op.kind === 'mix')
    return { parameters, alpha: given(`alpha ${op.block}`), beta: given(`beta ${op.block}`) };
  if (op.kind === 'dropout' && !evaluation)
    return { parameters, dropoutKey: given(`dropout ${op.index}`) };
  if (op.kind !== 'batchNorm' || !evaluation) return { parameters };
  const mean = given(`${op.name}.runningMean`);
  return { parameters, running: { mean, variance: given(`${op.name}.runningVariance`) } };
}

function forward(
  nodes: Node[],
  one: KernelCase,
  state: (node: Node) => OpState,
): Map<Node, Tensor> {
  const values = new Map<Node, Tensor>();
  for (const node of nodes) {
    const inputs = node.inputs.map((input) => values.get(input)!);
    const read = inputs.length > 0 ? inputs : [bytesOf(one, node)];
    values.set(node, ruleOf(node.op).forward(node.op, read, state(node)));
  }
  return values;
}

function bytesOf(one: KernelCase, { shape }: Node): Tensor {
  const x = zeros(one.samples[0], shape);
  const [images, indices] = [kernelImages(one), kernelIndices(one)];
  const size = x.data.length / x.samples;
  x.data.forEach((_, i) => {
    x.data[i] = images[indices[Math.floor(i / size)] * size + (i % size)];
  });
  return x;
}
