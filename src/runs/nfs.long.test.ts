import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { start } from '../../testkit/shakelab.ts';

const script = fileURLToPath(new URL('../../testkit/nfs.sh', import.meta.url));
const story = fileURLToPath(new URL('../../testkit/nfsStory.ts', import.meta.url));

/** Why there is no NFS to be had here; null where there is. */
function missingForNfs(): string | null {
  if (!process.env.SHAKELAB_NFS) return 'it takes minutes; ask for it by SHAKELAB_NFS=1';
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux';
  const tools = ['linux.uml', 'modprobe', 'exportfs', 'rpc.nfsd', 'mount.nfs4', 'ip', 'nsenter'];
  const missing = tools.find((tool) => !isThere(tool));
  return missing ? `there is no ${missing}` : null;
}

function isThere(tool: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${tool}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const missing = missingForNfs();
if (missing) console.warn(`the test of NFS is skipped: ${missing}`);

it.skipIf(missing !== null)(
  'two hosts hold no run together by NFS, and read what the other replaces',
  async () => {
    const { out } = await start([script, process.execPath, '--import', 'tsx', story]).ending;
    const told = out.split('\n').find((line) => line.startsWith('{'));
    expect(told, out.slice(-2000)).toBeDefined();
    const { holders, replaced, fileSeconds, haltSeconds } = JSON.parse(told!);
    expect(holders).toEqual(Array.from({ length: 4 }, () => 1));
    expect(replaced).toMatchObject({ failed: 0, torn: 0 });
    expect(replaced.retried).toBeGreaterThan(20);
    expect(Math.max(fileSeconds, haltSeconds)).toBeLessThan(75);
  },
);
