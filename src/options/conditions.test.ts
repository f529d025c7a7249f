import { describe, expect, it } from 'vitest';
import { conditionIn, holds, parseCondition, sortedBy } from './conditions.ts';

const row = {
  name: 'Shaken-10',
  error: 1.5,
  epochs: 10,
  note: '',
  tags: ['a', 'base line'],
  best: null,
};

describe('conditions', () => {
  it.each([
    ['error<2', true],
    ['error < 1.5', false],
    ['error<=1.5', true],
    ['error>=1.50', true],
    ['error!=1.5', false],
    ['epochs>9', true],
    ['epochs = 10', true],
    ['name~shake', true],
    ['name=shaken-10', true],
    ['name>a', true],
    ['tags=a', true],
    ['tags=base line', true],
    ['tags~line', true],
    ['tags=b', false],
    ['tags!=b', true],
    ['note=', true],
    ['best=0', false],
    ['best<100', false],
    ['best!=3', true],
    ['unknown=1', false],
  ])('%s is %s', (text, expected) => {
    expect(holds(parseCondition(text), row)).toBe(expected);
  });

  it('are told from other words', () => {
    expect(conditionIn('shaken')).toBeNull();
    expect(conditionIn('-x<3')).toBeNull();
    expect(() => parseCondition('shaken')).toThrow("condition 'shaken': must be a name, one of");
  });
});

describe('sorting', () => {
  const rows = [
    { v: 10, n: 'b' },
    { v: null, n: 'a' },
    { v: 9, n: 'c' },
    { v: 9, n: 'a' },
  ];
  const names = (order: string) =>
    sortedBy(rows, order, (one) => one).map(({ v, n }) => `${v}${n}`);

  it('is by numbers, what is missing last either way, and stable', () => {
    expect(names('v')).toEqual(['9c', '9a', '10b', 'nulla']);
    expect(names('-v')).toEqual(['10b', '9c', '9a', 'nulla']);
    expect(names('n')).toEqual(['nulla', '9a', '10b', '9c']);
  });
});
