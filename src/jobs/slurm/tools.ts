import { spawn } from 'node:child_process';
import { option, RequestError } from '../../errors.ts';

/** What the environment of a job says of that job; of those submitted from within, it would be wrong. */
const ofThisJob = /^SLURM_(?!CONF$)/;

/** A tool of Slurm refused, with what it said. */
export class SlurmError extends Error {
  override readonly name = 'SlurmError';
}

/**
 * Runs a tool of Slurm and returns what it prints.
 *
 * @param input what it reads
 * @throws RequestError where the tool is not there
 * @throws SlurmError with its complaint where it fails
 */
export function runTool(tool: string, args: readonly string[], input = ''): Promise<string> {
  const own = Object.entries(process.env).filter(([name]) => !ofThisJob.test(name));
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { env: Object.fromEntries(own) });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('error', () => reject(absence(tool)));
    child.once('close', (code) => {
      if (code === 0) resolve(out);
      else reject(new SlurmError(err.trim() || `${tool}: exit code ${code}`));
    });
    child.stdin.on('error', () => {}).end(input);
  });
}

const absence = (tool: string): RequestError =>
  new RequestError(
    `${option('on')} slurm: ${tool} is not to be found here; use a host of the cluster where it is, such ` +
      `as its login node, or print the script with ${option('dryRun')}`,
  );
