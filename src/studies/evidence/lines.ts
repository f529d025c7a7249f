import { z } from 'zod';
import { RequestError } from '../../errors.ts';
import { parseDocument } from '../../files/document.ts';
import { numbered } from '../../files/format.ts';
import { epochSchema } from '../../runs/metrics.ts';
import { planKind, type StudyPlan } from '../plan.ts';
import { recordedFields } from './recorded.ts';

const entries = z.record(z.string(), z.unknown());

/** A finished run: its small files, and what stands for the large ones. */
const lineSchema = z.object({
  id: z.string(),
  /** Its `run.json`, without where the data lay. */
  record: entries,
  /** The lines of its `metrics.jsonl` that tell of epochs. */
  epochs: z.array(epochSchema),
  /** Its `summary.json`, of one that chose by validation. */
  ending: entries.optional(),
  /** Its `diverged.txt`, of one whose loss was no longer finite. */
  diverged: z.string().optional(),
  ...recordedFields,
});

export type EvidenceLine = z.infer<typeof lineSchema>;

/** The finished runs of a study, as one file of JSON lines keeps them: its plan, then a line a run. */
export interface Evidence {
  plan: StudyPlan;
  /** In the order of the plan. */
  lines: EvidenceLine[];
}

/** The text of a study's evidence. */
export const evidenceText = ({ plan, lines }: Evidence): string =>
  [numbered(planKind, plan), ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');

/**
 * Parses the text of a study's evidence.
 *
 * @param path the file's, for messages
 * @throws RequestError naming a line that is damaged
 */
export function parseEvidence(text: string, path: string): Evidence {
  const [plan, ...lines] = text.trimEnd().split('\n');
  return {
    plan: parseDocument(plan, planKind, `${path}, line 1`),
    lines: lines.map((line, index) => parseLine(line, `${path}, line ${index + 2}`)),
  };
}

function parseLine(line: string, place: string): EvidenceLine {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new RequestError(`${place}: the line is damaged; collect the run again\n${reason}`);
  }
}
