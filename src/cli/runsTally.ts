import type { Amount } from '../studies/amount.ts';
import type { RunsEvent, StudyEvent } from '../studies/events.ts';
import type { SearchEvent } from '../studies/search/search.ts';
import type { TrainingEvent } from '../training/trainer.ts';
import { joinedStatus, type Pace, type Status, trainingStatus, wholeAmount } from './progress.ts';

type Step = Extract<TrainingEvent, { kind: 'step' }>;
type EventOf<Kind extends RunsEvent['kind']> = Extract<RunsEvent, { kind: Kind }>;

/** Counts what is done of a study, batch by batch, its runs trained one after another or several at once. */
export class RunsTally {
  private readonly pace: Pace;
  /** Of the runs of the batch that have begun, by their places in it. */
  private readonly amounts = new Map<number, Amount>();
  /** The places of those that are trained or have failed. */
  private readonly over = new Set<number>();
  /** The newest step of each run that is under way. */
  private readonly underWay = new Map<number, Step>();
  private count = 0;

  constructor(pace: Pace) {
    this.pace = pace;
  }

  /** Runs of the batch that are trained or have failed. */
  get ended(): number {
    return this.over.size;
  }

  /** Seconds for all that is left of the study; NaN before any two steps. */
  get secondsLeft(): number {
    const [{ total }] = this.amounts.size > 0 ? this.amounts.values() : [wholeAmount];
    return this.pace.secondsFor(total - this.doneBeside());
  }

  /** Takes note of an event; returns whether a batch of runs begins with it. */
  note(event: StudyEvent<object> | SearchEvent): boolean {
    if (event.kind === 'run-done' || event.kind === 'run-failed') {
      this.over.add(event.index);
      this.underWay.delete(event.index);
    }
    if (event.kind === 'training' && event.event.kind === 'step') {
      this.underWay.set(event.index, event.event);
    }
    return event.kind === 'run-start' && this.begins(event);
  }

  /** A run that is over begins again only in another batch. */
  private begins({ index, count, amount = wholeAmount }: EventOf<'run-start'>): boolean {
    if (this.over.has(index) || count !== this.count) {
      for (const places of [this.amounts, this.over, this.underWay]) places.clear();
    }
    this.count = count;
    return this.amounts.set(index, amount).size === 1 && this.over.size === 0;
  }

  /** How far all is after a step; null after an epoch. */
  status({ run, index, event }: EventOf<'training'>): Status | null {
    if (event.kind === 'epoch') return null;
    const { own, total } = this.amounts.get(index) ?? wholeAmount;
    const amount = { before: this.doneBeside(index), own, total };
    const place = { title: run.title, epochs: run.config.epochs, amount };
    const status = trainingStatus(event, place, this.pace);
    const steps = [...this.underWay].filter(([place]) => place !== index).map(([, step]) => step);
    return steps.length === 0 ? status : joinedStatus([event, ...steps], status, this.pace);
  }

  /** What is done of all runs but one, earlier batches among them. */
  private doneBeside(but?: number): number {
    const amounts = [...this.amounts];
    const earlier = Math.min(...amounts.map(([, { before }]) => before));
    return amounts.reduce((sum, [place, { own }]) => {
      const step = this.underWay.get(place);
      const share = this.over.has(place) ? 1 : step ? step.step / step.steps : 0;
      return place === but ? sum : sum + share * own;
    }, earlier);
  }
}
