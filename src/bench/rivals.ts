import { join } from 'node:path';
import type { BenchCase } from './cases.ts';
import { heldTo } from './heldTo.ts';
import { measureOnnxruntime } from './onnxPeer.ts';
import { measurePeer, narrowVariants, type PeerVariant, variantName, variants } from './peer.ts';
import type { Python } from './python.ts';
import type { Pace } from './results.ts';
import { type CaseEvent, exportNet, measureOurs, type Session } from './session.ts';

const probe = { seconds: 0.5, warmUp: 1 };

/** A program that ours is measured next to. */
export interface Rival {
  program: string;
  measure: () => Promise<Pace>;
}

/**
 * The other checkout, or the peers: PyTorch's best ways, and in evaluation onnxruntime.
 *
 * @param folder where a net is left for as long as it is measured
 */
export async function* rivalsIn(
  case_: BenchCase,
  session: Session,
  folder: string,
): AsyncGenerator<CaseEvent, Rival[]> {
  const { against, peers } = session;
  if (against) {
    return [{ program: against.name, measure: () => measureOurs(case_, session, against) }];
  }
  const { torch, onnxruntime } = peers;
  return [
    ...(torch ? yield* torchRivals(torch, case_, session) : []),
    ...(onnxruntime ? yield* onnxRivals(onnxruntime, case_, session, folder) : []),
  ];
}

async function* torchRivals(
  torch: Python,
  case_: BenchCase,
  session: Session,
): AsyncGenerator<CaseEvent, Rival[]> {
  const chosen = yield* chooseVariants(torch, case_, session);
  return chosen.map((variant) => ({
    program: variantName(variant),
    measure: () => measurePeer(torch, case_, variant, session, session.signal),
  }));
}

/** onnxruntime, which nothing holds to an instruction set: where ours is held to one, it is left out. */
async function* onnxRivals(
  runtime: Python,
  case_: BenchCase,
  session: Session,
  folder: string,
): AsyncGenerator<CaseEvent, Rival[]> {
  if (case_.mode === 'train') return [];
  const isa = heldTo();
  if (isa) {
    yield { kind: 'note', text: `onnxruntime is left out: it cannot be held to ${isa}` };
    return [];
  }
  const path = join(folder, 'net.onnx');
  await exportNet(case_, path, session);
  const measure = () => measureOnnxruntime(runtime, case_, path, session, session.signal);
  return [{ program: 'onnxruntime', measure }];
}

/** The peer's fastest way by a short look at each: one in float32, one in bfloat16. */
async function* chooseVariants(
  peer: Python,
  case_: BenchCase,
  session: Session,
): AsyncGenerator<CaseEvent, PeerVariant[]> {
  const possible = (one: PeerVariant) => session.compiled || !one.compiled;
  const best = yield* fastest(peer, case_, variants.filter(possible), session);
  if (!session.bf16) return [best];
  const narrow = narrowVariants(best).filter(possible);
  return [best, yield* fastest(peer, case_, narrow, session)];
}

/** A look at a way of the peer; one that is not to be had, such as compiling in version 1, is told and out. */
async function* look(
  peer: Python,
  case_: BenchCase,
  variant: PeerVariant,
  { threads, signal }: Session,
): AsyncGenerator<CaseEvent, number> {
  yield { kind: 'task', task: `a look at ${variantName(variant)}`, done: 0 };
  try {
    const report = await measurePeer(peer, case_, variant, { threads, ...probe }, signal);
    return report.imagesPerSecond;
  } catch (error) {
    if (signal?.aborted || !variant.compiled) throw error;
    yield {
      kind: 'note',
      text: `${variantName(variant)} is left out: ${(error as Error).message}`,
    };
    return 0;
  }
}

async function* fastest(
  peer: Python,
  case_: BenchCase,
  among: PeerVariant[],
  session: Session,
): AsyncGenerator<CaseEvent, PeerVariant> {
  const speeds: number[] = [];
  for (const variant of among) speeds.push(yield* look(peer, case_, variant, session));
  return among[speeds.indexOf(Math.max(...speeds))];
}
