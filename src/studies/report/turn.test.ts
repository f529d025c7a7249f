import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { takeTurn } from './turn.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-turn-'));
afterAll(() => rmSync(root, { recursive: true }));

it('one of many workers writes the report, and another one five minutes later', async () => {
  const ask = (now: number) => Promise.all(Array.from({ length: 20 }, () => takeTurn(root, now)));
  const taken = (turns: boolean[]) => turns.filter(Boolean).length;
  expect(taken(await ask(300_000_000))).toBe(1);
  expect(taken(await ask(300_299_999))).toBe(0);
  expect(taken(await ask(300_300_000))).toBe(1);
  expect(readdirSync(join(root, 'reporting'))).toEqual(['1001']);
});
