import type { Dataset, SplitName } from '../data/dataset.ts';
import { splitNamed } from '../data/validation.ts';
import type { Averages } from './averages.ts';
import type { Course } from './course.ts';
import { type EmbeddedSplit, type EmbedMode, embed } from './embed.ts';
import { type Evaluation, evaluate, type TestMirror } from './evaluate.ts';
import { type EvaluateEvery, epochsBetween, isEvaluated } from './evaluations.ts';
import type { NetExecution } from './netExecution.ts';
import type { Recipe, TrainerOptions } from './trainer.ts';

/** Looks at the net of a training: at its averaged weights, where these are kept and complete. */
export class Evaluator {
  private readonly course: Course;
  private readonly net: NetExecution;
  private readonly averages: Averages | null;
  private readonly dataset: Dataset;
  private readonly recipe: Recipe;
  private readonly every: EvaluateEvery;
  private readonly mirror: TestMirror;
  /** What the curves are of. */
  private readonly judging: 'validation' | 'test';
  /** Of the parameters as they are. */
  private readonly evaluated = new Map<SplitName, Evaluation>();

  constructor(
    { dataset, recipe, evaluateEvery = 1, testMirror = 'none' }: TrainerOptions,
    course: Course,
    net: NetExecution,
    averages: Averages | null,
  ) {
    this.course = course;
    this.net = net;
    this.averages = averages;
    this.dataset = dataset;
    this.recipe = recipe;
    this.every = evaluateEvery;
    this.mirror = testMirror;
    this.judging = dataset.validation ? 'validation' : 'test';
  }

  /** Whether an epoch, counted from 1, ends with an evaluation. */
  isDue(epoch: number): boolean {
    const { dataset, every, judging, recipe } = this;
    const trained = dataset.train.count;
    const views = this.mirror === 'none' ? 1 : 2;
    const measured = this.averages?.measuresAnew(epoch * this.course.stepsPerEpoch) ? trained : 0;
    const seen = views * splitNamed(dataset, judging).count + measured;
    return isEvaluated(epoch, recipe.epochs, epochsBetween(every, trained, seen));
  }

  /** What an epoch is judged by, so many steps done; completes the averages first. */
  async judge(step: number) {
    await this.averages?.complete({ step, observe: () => this.observe() });
    this.forget();
    const { loss, error } = await this.evaluate(this.judging, step);
    return this.judging === 'validation'
      ? { validationLoss: loss, validationError: error }
      : { testLoss: loss, testError: error };
  }

  /** Shows the net one more epoch, as the training would, of which it learns nothing but its statistics. */
  private async observe(): Promise<void> {
    const batchAt = this.course.batchesOf(this.recipe.epochs);
    for (let index = 0; index < this.course.stepsPerEpoch; index++)
      await this.net.observe(batchAt(index), 1 / (index + 1));
  }

  /** Passes a split through the net, so many steps done. */
  async evaluate(name: SplitName, step: number): Promise<Evaluation> {
    const split = splitNamed(this.dataset, name);
    const options = { batch: this.recipe.batch, step, mirror: this.mirror };
    const found = await this.averaged(() => evaluate(this.net, split, options));
    this.evaluated.set(name, found);
    return found;
  }

  /** The last evaluation of a split; another one where the weights have changed since. */
  async predict(name: SplitName, step: number): Promise<Evaluation> {
    return this.evaluated.get(name) ?? this.evaluate(name, step);
  }

  async embed(name: SplitName, mode: EmbedMode, places?: Uint32Array): Promise<EmbeddedSplit> {
    const split = splitNamed(this.dataset, name);
    return this.averaged(() => embed(this.net, split, mode, this.recipe, places));
  }

  /** What was evaluated is of other weights than those that come. */
  forget(): void {
    this.evaluated.clear();
  }

  private averaged<Result>(run: () => Promise<Result>): Promise<Result> {
    return this.averages ? this.averages.during(run) : run();
  }
}
