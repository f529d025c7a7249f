import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../../runs/fields.ts';
import { parseRecipe, usualRecipes, withRecipe } from './recipes.ts';

describe('a recipe', () => {
  test('is written with its strength, or has the usual one', () => {
    expect(parseRecipe('cutout')).toEqual({ name: 'cutout=14', kind: 'cutout', strength: 14 });
    expect(parseRecipe('mixup=0.2').strength).toBe(0.2);
    expect(parseRecipe('shaken')).toEqual({ name: 'shaken', kind: 'shaken', strength: null });
    expect(usualRecipes).toBe('plain,shaken,dropout=0.3,cutout=14,mixup=1,decay=0.001');
  });

  test.each([
    ['shake', 'is none of plain, shaken, dropout, cutout, mixup, decay'],
    ['toString', 'is none of'],
    ['plain=1', 'has no strength'],
    ['cutout=', 'needs a strength above 0'],
    ['cutout=-1', 'needs a strength above 0'],
    ['cutout=1=2', 'has one strength'],
  ])('%s is refused', (text, message) => {
    expect(() => parseRecipe(text)).toThrow(message);
  });

  test('changes one thing about a run, and mixes evenly unless it shakes', () => {
    const changed = (text: string) => {
      const config = withRecipe(defaultConfig, 'preact-bn', parseRecipe(text));
      return Object.entries(config).filter(([key, value]) => {
        return key !== 'layout' && value !== defaultConfig[key as keyof typeof defaultConfig];
      });
    };
    expect(changed('shaken')).toEqual([]);
    expect(changed('plain')).toEqual([['mixing', 'even']]);
    expect(changed('decay=0.01')).toEqual([
      ['mixing', 'even'],
      ['weightDecay', 0.01],
    ]);
  });

  test('of dropout drops before the last convolution', () => {
    const layoutWith = (layout: string) =>
      withRecipe(defaultConfig, layout, parseRecipe('dropout')).layout;
    expect(layoutWith('preact')).toBe('preact-dropout');
    expect(layoutWith('preact-bn')).toBe('bn relu conv bn relu dropout=0.3 conv bn');
  });
});
