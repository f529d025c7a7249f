import { expect, it } from 'vitest';
import { Shares } from './shares.ts';

it('gives each run an equal part of the threads, and a run at least one', () => {
  expect(new Shares(3, 8).take(5).threads).toBe(2);
  expect(new Shares(4, 2).take(5).threads).toBe(1);
});

it('gives more where fewer runs are left than places', () => {
  const shares = new Shares(4, 8);
  expect(shares.take(1).threads).toBe(4);
  expect(shares.take(0).threads).toBe(4);
});

it('has the last runs begin anew with the threads of those that have ended, if they take long yet', () => {
  const shares = new Shares(4, 8);
  const [first, second, third, fourth] = [3, 2, 1, 0].map((waiting) => shares.take(waiting));
  [second.secondsLeft, third.secondsLeft] = [21, 19];
  const aborted = () => [second, third, fourth].map(({ more }) => more.signal.aborted);
  shares.give(first, 0);
  expect(aborted()).toEqual([false, false, false]);
  shares.give(fourth, 0);
  expect(aborted()).toEqual([true, false, false]);
  shares.give(second, 0);
  expect(shares.take(0).threads).toBe(4);
});

it('leaves runs alone while another takes the place', () => {
  const shares = new Shares(2, 4);
  const [first, second] = [shares.take(9), shares.take(8)];
  second.secondsLeft = 1000;
  shares.give(first, 1);
  expect(second.more.signal.aborted).toBe(false);
});
