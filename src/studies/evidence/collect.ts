import { basename, join } from 'node:path';
import { RequestError } from '../../errors.ts';
import type { Entries } from '../../files/format.ts';
import { mostBytes, readText } from '../../files/read.ts';
import { differingKeys } from '../../runs/config.ts';
import { recordName } from '../../runs/folder.ts';
import type { RunRecord } from '../../runs/record.ts';
import { summaryName } from '../../runs/summary.ts';
import { divergenceOf } from '../divergence.ts';
import { keptStudy } from '../kept.ts';
import { measureEmbeddings } from '../measures/measures.ts';
import type { StudyPlan } from '../plan.ts';
import { type TrainedRun, trainedRuns } from '../trained.ts';
import type { Evidence, EvidenceLine } from './lines.ts';
import { planAt } from './planAt.ts';
import { checkpointDigest, type Recorded, readRecorded } from './recorded.ts';

/**
 * Adds those runs of the study in a folder that are trained by now to what is known of it. A run that is
 * known stays as it is; its checkpoint is compared.
 *
 * @param known what was collected before, on this machine or others; left out, nothing
 * @throws RequestError where the folder holds another study than is known, or not all of its runs, or a
 *   run that the same kernels trained to other bits
 */
export async function collectEvidence(out: string, known?: Evidence): Promise<Evidence> {
  const { study, plan } = await keptStudy(out);
  if (known) refuseOther(out, plan, known.plan);
  const lines = new Map(known?.lines.map((line) => [line.id, line]));
  for (const trained of await trainedRuns(study, plan.runs, out)) {
    const { id } = trained.run;
    lines.set(id, await lineOf(trained, lines.get(id)));
  }
  const data = { ...plan.data, source: basename(plan.data.source) };
  return {
    plan: { ...planAt(plan, `runs/${basename(out)}`), data },
    lines: plan.runs.flatMap(({ id }) => lines.get(id) ?? []),
  };
}

async function lineOf(trained: TrainedRun, known?: EvidenceLine): Promise<EvidenceLine> {
  const { run, record, epochs, result, embeddings } = trained;
  const { folder } = result;
  const recorded = await readRecorded(folder);
  const checkpoint = recorded ? recorded.checkpoint : await checkpointDigest(folder);
  if (known) {
    refuseOtherBits(known, checkpoint, record);
    return known;
  }
  const findings = embeddings ? measureEmbeddings(await embeddings()) : recorded?.findings;
  const ending = await documentIn(folder, summaryName).catch(() => undefined);
  const diverged = await divergenceOf(folder);
  return {
    ...{ id: run.id, record: await recordOf(trained), epochs, ending, diverged },
    checkpoint,
    findings,
  };
}

/** A run's record as it leaves. */
async function recordOf({ record: { data }, result: { folder } }: TrainedRun): Promise<Entries> {
  const source = basename(data.source);
  return { ...(await documentIn(folder, recordName)), data: { ...data, source } };
}

/** A document as it is kept, its format and all. */
async function documentIn(folder: string, name: string): Promise<Entries> {
  return JSON.parse(await readText(join(folder, name), mostBytes.document));
}

function refuseOtherBits(
  { id, record, checkpoint }: EvidenceLine,
  digest: Recorded['checkpoint'],
  { machine }: RunRecord,
): void {
  const before = record.machine as RunRecord['machine'];
  const alike = before.isa === machine.isa && before.kernels === machine.kernels;
  const known = digest !== null && checkpoint !== null;
  if (!alike || !known || digest === checkpoint) return;
  throw new RequestError(
    `${id}: its last checkpoint has the SHA-256 ${digest}, that of the run that is known, by the same ` +
      `kernels, ${checkpoint}; find out why before you believe either`,
  );
}

function refuseOther(out: string, plan: StudyPlan, known: StudyPlan): void {
  const configs = new Map(plan.runs.map(({ id, config }) => [id, config]));
  const differs = known.runs.some(({ id, config }) => {
    const now = configs.get(id);
    return now !== undefined && differingKeys(now, config).length > 0;
  });
  if (plan.study !== known.study || differs) {
    throw new RequestError(`${out}: another study is known by this name; rename the folder`);
  }
  const missing = known.runs.find(({ id }) => !configs.has(id));
  if (!missing) return;
  const remedy = 'restore what is known there, and start the study with as many seeds';
  throw new RequestError(`${out}: its plan lacks the run ${missing.id}, which is known; ${remedy}`);
}
