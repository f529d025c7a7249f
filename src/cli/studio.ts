import { once } from 'node:events';
import { resolve } from 'node:path';
import { env } from 'node:process';
import { RequestError } from '../errors.ts';
import { buildApp } from '../server/app.ts';
import { isLoopback } from '../server/guard/hosts.ts';
import { listen, portOf } from '../server/listen.ts';
import { openStudio } from '../server/studio.ts';
import type { StudioFlags } from './commands/studio.ts';
import { catchInterrupts } from './interrupts.ts';
import { printNote } from './output.ts';

/**
 * `shakelab studio`: serves the page over a folder of runs until it is interrupted, which ends
 * none of the runs. The address goes to standard output, with the token that may change something.
 */
export async function studio(folder: string, flags: StudioFlags): Promise<void> {
  const { host, data: dataFolder } = flags;
  const password = passwordFor(host);
  const opened = await openStudio({ folder: resolve(folder), dataFolder, host, password });
  const server = await listen(buildApp(opened).fetch, flags);
  const { signal, saveFirst } = catchInterrupts(() => printNote('closing; runs go on'));
  saveFirst();
  const address = `http://${nameOf(host)}:${portOf(server)}/#token=${opened.token}`;
  process.stdout.write(`${address}\n`);
  if (flags.open) await openBrowser(address);
  if (!signal.aborted) await once(signal, 'abort');
  opened.watch.stop();
  server.close();
  server.closeAllConnections();
}

/** @throws RequestError where others could come in and nobody would ask them for a password */
function passwordFor(host: string): string | undefined {
  if (isLoopback(host)) return undefined;
  const password = env.SHAKELAB_PASSWORD ?? '';
  if (password.length >= 8) return password;
  throw new RequestError(
    `--host ${host}: beyond this machine the studio needs a password of 8 letters or more; ` +
      'set SHAKELAB_PASSWORD, or leave out --host and come by ssh -L',
  );
}

/** What a browser calls the place that `--host` names. */
const nameOf = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};

/** Where no browser can be opened, the printed address does as well. */
async function openBrowser(address: string): Promise<void> {
  const { default: open } = await import('open');
  const browser = await open(address).catch(() => null);
  browser?.once('error', () => {});
}
