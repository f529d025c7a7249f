import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from '../../src/files/document.ts';
import { type Summary, summaryKind } from '../../src/studies/summary.ts';
import { withBlocks } from './blocks.ts';
import { cifar10Blocks, cifar10Figure } from './cifar10.ts';
import { curvesBlock } from './curves.ts';
import { type FoundStudy, findStudies } from './found.ts';
import { mnistBlocks, mnistFigure } from './mnist.ts';
import { runsBlock, studiesBlock } from './runs.ts';
import { shortenBlock } from './shorten.ts';

const folder = 'docs/results';

/** The page of the evidence, and its figures, made anew of all that is committed: texts by path. */
export async function madePage(): Promise<Record<string, string>> {
  const studies = await findStudies();
  const mnist = [await summaryIn('docs/mnist'), ...summariesOf(studies, 'mnist')];
  const cifar10 = [await summaryIn('docs/cifar10'), ...summariesOf(studies, 'cifar10')];
  const path = join(folder, 'evidence.md');
  const page = withBlocks(await readFile(path, 'utf8'), {
    samples: curvesBlock(ofStudy(studies, 'samples'), 'images'),
    budget: curvesBlock(ofStudy(studies, 'budget'), 'epochs'),
    shorten: shortenBlock(ofStudy(studies, 'shorten')),
    ...mnistBlocks(mnist),
    ...cifar10Blocks(cifar10),
    studies: studiesBlock(studies),
    runs: runsBlock(studies),
  });
  return {
    [path]: page,
    [join(folder, 'figures', 'mnist-epochs.svg')]: mnistFigure(mnist),
    [join(folder, 'figures', 'cifar10-rows.svg')]: cifar10Figure(cifar10),
  };
}

const ofStudy = (studies: readonly FoundStudy[], name: string): FoundStudy[] =>
  studies.filter(({ evidence }) => evidence.plan.study === name);

const summariesOf = (studies: readonly FoundStudy[], name: string): Summary[] =>
  ofStudy(studies, name).flatMap(({ summary }) => summary ?? []);

/** A summary from before there was evidence. */
async function summaryIn(place: string): Promise<Summary> {
  const path = join(place, 'summary.json');
  return parseDocument(await readFile(path, 'utf8'), summaryKind, path);
}
