import { estimate } from '../../statistics/estimate.ts';
import { type Contrast, contrastErrors } from '../contrast.ts';
import { judgeContrasts } from '../family.ts';
import { seedsUpTo } from '../study.ts';
import type { TrainedRun } from '../trained.ts';
import { titleOf } from './recipes.ts';
import { type Confirmed, confirmed, confirmingId, longer, progressOf, type Tried } from './runs.ts';
import type { ShortenSettings } from './settings.ts';
import type { ShortenFindings } from './summary.ts';

/** What the runs so far tell. */
export function shortenFindings(
  settings: ShortenSettings,
  trained: readonly TrainedRun[],
): ShortenFindings {
  const { tried, winner } = progressOf(settings, trained);
  const known = tried.filter(({ errors }) => errors.length > 0);
  const outcomes = confirmed.flatMap((which) => outcomeOf(settings, which, trained));
  return {
    tried: withContrasts(settings, known, judgedImages(trained, 'validation')),
    winner: winner && titleOf(settings, winner),
    outcomes,
    confirmations: confirmationsOf(outcomes, judgedImages(trained, 'test')),
  };
}

/** Images that runs are judged by; those of one are those of all, but only trials have validation images. */
const judgedImages = (trained: readonly TrainedRun[], split: 'validation' | 'test'): number =>
  Math.max(...trained.map(({ record }) => record.data[split] ?? 0));

/** Recipes held against the plain one by the trials that all of them have. */
function withContrasts(
  settings: ShortenSettings,
  tried: readonly Tried[],
  images: number,
): ShortenFindings['tried'] {
  const plain = tried.find(({ recipe }) => recipe.length === 0);
  const others = tried.filter((one) => one !== plain);
  const first = ({ errors, guesses }: Tried) => ({
    errors: errors.slice(0, settings.trials),
    guesses,
  });
  const judged = plain
    ? judgeContrasts(others.map((one) => paired(first(one), first(plain), images)))
    : others.map(() => null);
  return tried.map((one) => ({
    recipe: titleOf(settings, one.recipe),
    ...{ errors: one.errors, error: estimate(one.errors) },
    contrast: one === plain ? null : judged[others.indexOf(one)],
  }));
}

/** Test errors of one of those that confirm; none while a run of it is missing. */
function outcomeOf(
  { seeds, config }: ShortenSettings,
  which: Confirmed,
  trained: readonly TrainedRun[],
): ShortenFindings['outcomes'] {
  const ids = seedsUpTo(seeds).map((seed) => confirmingId(which, seed));
  const own = ids.flatMap((id) => trained.filter(({ run }) => run.id === id));
  if (own.length < seeds) return [];
  const errors = own.map(({ result }) => result.testError);
  const epochs = which === 'longer' ? longer * config.epochs : config.epochs;
  const guesses = own.every(({ result }) => result.atChance);
  return [{ which, epochs, errors, error: estimate(errors), guesses }];
}

function confirmationsOf(
  outcomes: ShortenFindings['outcomes'],
  images: number,
): ShortenFindings['confirmations'] {
  const winner = outcomes.find(({ which }) => which === 'winner');
  if (!winner) return [];
  const others = outcomes.filter((one) => one !== winner);
  const judged = judgeContrasts(others.map((other) => paired(winner, other, images)));
  return others.map(({ which }, place) => ({ against: which, contrast: judged[place] }));
}

/** Errors seed by seed, and whether all of these nets guess. */
interface Seeds {
  errors: readonly number[];
  guesses: boolean;
}

function paired(left: Seeds, right: Seeds, images: number): Contrast {
  const held = contrastErrors(left.errors, right.errors, images);
  return left.guesses || right.guesses ? { ...held, unjudged: 'at chance' } : held;
}
