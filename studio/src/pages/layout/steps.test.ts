import { expect, test } from 'vitest';
import { draftOf, draftText, moveStep, placeFor, presetOf, readLayout } from './steps.ts';

test.each(['postact', 'preact-bn', 'bn-shake', 'preact-dropout', 'bottleneck-preact'])(
  '%s survives being a draft',
  (name) => {
    const draft = draftOf(name);
    expect(presetOf(draft)).toBe(name);
    expect(draftOf(draftText(draft)).reluAfter).toBe(draft.reluAfter);
  },
);

test('a step moves, and keeps its identity', () => {
  const { steps } = draftOf('bn relu conv');
  const moved = moveStep(steps, 0, 2);
  expect(moved.map(({ step }) => step.kind)).toEqual(['relu', 'conv', 'bn']);
  expect(moved[2]).toBe(steps[0]);
  expect(moveStep(steps, 2, -1).map(({ step }) => step.kind)).toEqual(['conv', 'bn', 'relu']);
  expect(moveStep(steps, 1, 99).map(({ step }) => step.kind)).toEqual(['bn', 'conv', 'relu']);
});

test('a dragged block goes before the blocks that follow it in reading order', () => {
  const others = [
    { x: 50, y: 20 },
    { x: 150, y: 20 },
    { x: 50, y: 70 },
  ];
  expect(placeFor({ x: 10, y: 22 }, others, 40)).toBe(0);
  expect(placeFor({ x: 100, y: 25 }, others, 40)).toBe(1);
  expect(placeFor({ x: 10, y: 70 }, others, 40)).toBe(2);
  expect(placeFor({ x: 90, y: 66 }, others, 40)).toBe(3);
});

test('what is no layout says why', () => {
  expect(readLayout('bn relu')).toEqual({
    reason: expect.stringContaining('a branch has one to three convolutions'),
  });
  expect(readLayout('preact')).toHaveProperty('layout');
});
