import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
/** Linux counts a process's time so often a second. */
const ticksPerSecond = 100;
/** What the last fifth may hold above the second one: the heap's own coming and going. */
const allowance = { factor: 1.3, bytes: 64 * 2 ** 20 };

interface Usage {
  /** Seconds of the clock, and of processors. */
  at: number;
  seconds: number;
}

/** A built studio in a process of its own, and what the system says of it. Linux only. */
export class StudioProcess {
  readonly origin: string;
  readonly token: string;
  private readonly child: ChildProcess;
  private readonly seen: number[] = [];

  private constructor(child: ChildProcess, address: string) {
    const { origin, hash } = new URL(address);
    this.child = child;
    this.origin = origin;
    this.token = hash.replace('#token=', '');
  }

  static async open(folder: string): Promise<StudioProcess> {
    const child = spawn(execPath, [main, 'studio', folder, '--no-open', '--port=0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [address] = await once(child.stdout!, 'data');
    return new StudioProcess(child, String(address).trim());
  }

  get runs(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Opens event streams whose bytes nobody takes. @returns what ends them */
  async stream(count: number): Promise<() => void> {
    const { port, host } = new URL(this.origin);
    const sockets: Socket[] = [];
    for (let stream = 0; stream < count; stream++) {
      const socket = connect(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      socket.pause().on('error', () => {});
      socket.write(`GET /api/events HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      sockets.push(socket);
    }
    return () => {
      for (const socket of sockets) socket.destroy();
    };
  }

  /** Notes the memory every second. */
  async follow(until: number): Promise<void> {
    while (performance.now() < until && this.runs) {
      const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(this.told('status')) ?? [];
      this.seen.push(1024 * Number(kilobytes));
      await sleep(1000);
    }
  }

  /** Bytes held at first, at most and at last; and what is wrong where they grow. */
  memory(): { start: number; most: number; end: number; growth: string | null } {
    const fifth = Math.max(1, Math.floor(this.seen.length / 5));
    const before = mean(this.seen.slice(fifth, 2 * fifth));
    const last = mean(this.seen.slice(-fifth));
    const grows = last > allowance.factor * before + allowance.bytes;
    const growth = grows ? `memory grew from ${before} to ${last} bytes` : null;
    return { start: this.seen[0], most: Math.max(...this.seen), end: this.seen.at(-1)!, growth };
  }

  usage(): Usage {
    const [, ...fields] = this.told('stat').split(') ');
    const [user, system] = fields.join(') ').split(' ').slice(11, 13).map(Number);
    return { at: performance.now() / 1000, seconds: (user + system) / ticksPerSecond };
  }

  /** The part of one processor that was used since. */
  shareSince(before: Usage): number {
    const { at, seconds } = this.usage();
    return (seconds - before.seconds) / (at - before.at);
  }

  /** Asks it to end, as a person would. @returns what is wrong with how it did */
  async close(): Promise<string | null> {
    if (!this.runs) return 'the studio has ended';
    this.child.kill();
    const patience = AbortSignal.timeout(10_000);
    const [code] = await once(this.child, 'exit', { signal: patience }).catch(() => ['late']);
    if (code === 'late') this.child.kill('SIGKILL');
    return code === 0 ? null : `the studio ended with ${code}`;
  }

  private told = (name: string): string => readFileSync(`/proc/${this.child.pid}/${name}`, 'utf8');
}

const mean = (numbers: number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
