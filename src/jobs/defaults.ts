import { join } from 'node:path';
import { z } from 'zod';
import { RequestError } from '../errors.ts';
import { homeFolder } from '../files/home.ts';
import { mostBytes, readText } from '../files/read.ts';
import type { Resources } from './scheduler.ts';

const text = z.string().optional();
const count = z.int().positive().optional();

const defaultsSchema = z.strictObject({
  ...{ partition: text, time: text, cpus: count, arrayLimit: count, constraint: text },
  /** Further options of sbatch, on one line. */
  sbatch: text,
  /** Lines of a shell before the worker's own. */
  setup: text,
});

/** What is said of a study's jobs; what is left out, a cluster's defaults say. */
export type AskedResources = Partial<z.infer<typeof defaultsSchema>>;

/** Processors of a worker where nobody says how many. */
const usualCpus = 4;

/** Where a cluster's defaults are, for each of its users: `$SHAKELAB_CLUSTER`, else in their settings. */
export function defaultsPath(env = process.env): string {
  const settings = env.XDG_CONFIG_HOME || join(homeFolder(), '.config');
  return env.SHAKELAB_CLUSTER || join(settings, 'shakelab', 'cluster.json');
}

/**
 * What a study's jobs may use: as asked, else as the cluster's defaults say.
 *
 * @throws RequestError where the file of defaults is damaged or says something unknown
 */
export async function settleResources(
  asked: AskedResources,
  path = defaultsPath(),
): Promise<Resources> {
  const said = Object.entries(asked).filter(([, value]) => value !== undefined);
  const settled = { ...(await readDefaults(path)), ...Object.fromEntries(said) };
  const { sbatch: flags, cpus = usualCpus, ...rest } = settled;
  return { ...rest, cpus, flags };
}

async function readDefaults(path: string): Promise<AskedResources> {
  const text = await readText(path, mostBytes.document).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    return defaultsSchema.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    const known = Object.keys(defaultsSchema.shape).join(', ');
    throw new RequestError(`${path}: a cluster's defaults are JSON, with ${known}\n${reason}`);
  }
}
