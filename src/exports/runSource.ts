import { loadChosen } from '../runs/checkpoint.ts';
import { notesOnFeatures } from '../runs/embeddings.ts';
import { type ModelOptions, type OpenRun, openRun } from '../runs/open.ts';

/** A run to export: its folder, and what is in it, opened when it is asked for. */
export class RunSource {
  /** What the user should know of the opening. */
  readonly notes = new Set<string>();
  readonly folder: string;
  private readonly options: ModelOptions;
  private opened: Promise<OpenRun> | null = null;

  constructor(folder: string, options: ModelOptions) {
    this.folder = folder;
    this.options = options;
  }

  /** The step of its best checkpoint, or its newest whole one; its data stay closed. */
  async step(): Promise<number> {
    return this.told(await loadChosen(this.folder)).state.step;
  }

  /** Its net and its data. @throws RequestError where `openRun` does */
  async open(): Promise<OpenRun> {
    this.opened ??= openRun(this.folder, this.options);
    return this.told(await this.opened);
  }

  /** The same, for what is told of features. */
  async openForFeatures(): Promise<OpenRun> {
    const run = await this.open();
    for (const note of notesOnFeatures(run.config)) this.notes.add(note);
    return run;
  }

  async close(): Promise<void> {
    const opened = await this.opened?.catch(() => null);
    opened?.trainer.close();
  }

  private told<Loaded extends { notes: string[] }>(loaded: Loaded): Loaded {
    for (const note of loaded.notes) this.notes.add(note);
    return loaded;
  }
}
