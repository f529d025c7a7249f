import { spawnSync } from 'node:child_process';
import { env } from 'node:process';

/** Where zig may be: on its own, or as PyPI's `ziglang` brings it. */
const commands = [['zig'], ['python3', '-m', 'ziglang'], ['python', '-m', 'ziglang']];

/** The command of zig, in words, `$ZIG` first; undefined where there is none. */
export function findZig() {
  const own = env.ZIG ? [env.ZIG.split(' ')] : commands;
  return own.find(([program, ...args]) => spawnSync(program, [...args, 'version']).status === 0);
}
