import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('slurmCluster.sh', import.meta.url));
const run = promisify(execFile);

/** A cluster of three nodes, node1 to node3, on this machine. */
export interface SlurmCluster {
  /** The environment in which Slurm's tools find it. */
  env: NodeJS.ProcessEnv;
  /** Runs one of Slurm's tools, and returns what it prints. */
  tool(name: string, ...args: string[]): Promise<string>;
  /** Ends all processes of a node at once, and lets Slurm know at once that it is gone. */
  powerOff(node: string): Promise<void>;
  /** Starts a node again, and waits until it takes jobs. */
  powerOn(node: string): Promise<void>;
  stop(): void;
}

/** Why no cluster can be brought up here; null where one can. */
export function missingForCluster(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux';
  const tools = ['slurmctld', 'slurmd', 'sbatch', 'munged', 'ip', 'nsenter', 'unshare'];
  const missing = tools.find((tool) => !isThere('sh', '-c', `command -v ${tool}`));
  if (missing) return `there is no ${missing}`;
  return isThere('unshare', '--net', '--uts', '--mount', '--pid', '--fork', 'true')
    ? null
    : 'namespaces are not allowed here';
}

function isThere(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Brings a cluster up that keeps its files in a folder. */
export async function startCluster(folder: string): Promise<SlurmCluster> {
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, CLUSTER: folder, SLURM_CONF: join(folder, 'slurm.conf') };
  const ask = async (...args: string[]) => run(script, args, { env });
  const tool = async (name: string, ...args: string[]) => (await run(name, args, { env })).stdout;
  const stop = () => {
    execFileSync(script, ['stop'], { env, stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await ask('start');
  } catch (error) {
    stop();
    throw error;
  }
  return {
    ...{ env, tool, stop },
    async powerOff(node) {
      await ask('power-off', node.replace('node', ''));
      await tool('scontrol', 'update', `NodeName=${node}`, 'State=DOWN', 'Reason=power');
    },
    powerOn: async (node) => void (await ask('power-on', node.replace('node', ''))),
  };
}
