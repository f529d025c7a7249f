import type { Finish, Projection } from './architecture.ts';
import { layoutText } from './layouts.ts';
import type { Net } from './networks.ts';

/** The details of a net in words: those in which copies of a published net tend to differ. */
export interface NetParts {
  stem: string;
  /** The layout's steps; `conv` is 3×3, `conv1` 1×1. */
  branch: string;
  /** The skip path of the blocks that change channels or resolution. */
  skip: string;
  end: string;
}

const skips: Record<Projection, string> = {
  paths: 'relu, conv1 of two paths shifted by a pixel, bn',
  'conv-bn': 'conv1, bn',
  'preact-conv': 'conv1 of the activated input',
};

/** Says what a net's parts are made of. */
export function partsOf({ stem, layout, projection, end }: Net): NetParts {
  return {
    stem: sequence('conv', stem.finish),
    branch: layoutText(layout),
    skip: skips[projection],
    end: sequence(...end, 'mean over pixels'),
  };
}

const sequence = (...steps: (Finish | string | Finish[])[]): string => steps.flat().join(', ');
