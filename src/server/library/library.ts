import { sep } from 'node:path';
import { HTTPException } from 'hono/http-exception';
import { inSlices } from '../../files/slices.ts';
import { type Finding, type Found, findFolders } from './find.ts';
import { idOf } from './ids.ts';
import { refuseLinksOut } from './links.ts';
import { type Launch, ListedRun, type RunChange } from './listedRun.ts';
import { isLive, type RunSummary } from './runSummary.ts';
import { stampOf } from './studies.ts';

/** What a look at the folder found new. */
export interface LibraryChange {
  runs: RunChange[];
  gone: string[];
  /** Ids of studies whose plan or report is new, or that are gone. */
  studies: string[];
}

/** The runs and studies below a folder, by id. Looks at the folder whenever it is asked to. */
export class Library {
  readonly root: string;
  private readonly publish: (change: LibraryChange) => void;
  private readonly byId = new Map<string, ListedRun>();
  private found: Finding = { runs: [], studies: [] };
  private stamps = new Map<string, string>();
  private looking: Promise<void> | null = null;

  /** @param publish is told what every look found new */
  constructor(root: string, publish: (change: LibraryChange) => void = () => {}) {
    this.root = root;
    this.publish = publish;
  }

  /** Brings everything up to date; calls at the same time share one look. */
  refresh(): Promise<void> {
    this.looking ??= this.look().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  /** Looks at those runs alone that train or only start: they change by the second. */
  async refreshLive(): Promise<void> {
    const live = [...this.byId.values()].filter(({ summary: { state } }) => isLive(state));
    const changes = await inSlices(live, (run) => run.refresh());
    const runs = changes.filter((change) => change !== null);
    if (runs.length > 0) this.publish({ runs, gone: [], studies: [] });
  }

  /** Every run, newest first; those that only start come before all. */
  list(): RunSummary[] {
    const summaries = [...this.byId.values()].map(({ summary }) => summary);
    const age = ({ state, startedAt }: RunSummary) =>
      state === 'starting' ? '~' : (startedAt ?? '');
    return summaries.sort((a, b) => (age(a) < age(b) ? 1 : age(a) > age(b) ? -1 : 0));
  }

  /** The folders of studies, as the last look found them. */
  studies(): readonly Found[] {
    return this.found.studies;
  }

  /** The runs of a study, as the last look found them. */
  runsOf(study: Found): ListedRun[] {
    const id = idOf('study', study.name);
    return [...this.byId.values()].filter(({ summary }) => summary.study === id);
  }

  /** @throws HTTPException 404 where no run has that id, or links of it lead out of the root */
  async run(id: string): Promise<ListedRun> {
    await this.refresh();
    const run = this.byId.get(id);
    if (!run) throw new HTTPException(404, { message: `run ${id}: there is none of that id` });
    await refuseLinksOut(this.root, run.folder);
    return run;
  }

  /** Shows a run before there is a record of it. */
  expect(found: Found, launch: Launch): ListedRun {
    const run = new ListedRun(found, null, launch);
    this.byId.set(run.id, run);
    return run;
  }

  private async look(): Promise<void> {
    // One whose record comes while the folder is looked at may be missed there, and is not gone.
    const recorded = [...this.byId.values()].filter(({ launch, record }) => !launch || record);
    const before = new Map(this.found.runs.map((found) => [found.folder, found]));
    this.found = await findFolders(this.root, before);
    const { runs, studies } = this.found;
    const known = new Set(runs.map(({ name }) => name));
    const listed = new Set([...this.byId.values()].map(({ name }) => name));
    const gone = recorded.filter(({ name }) => !known.has(name)).map(({ id }) => id);
    for (const id of gone) this.byId.delete(id);
    for (const found of runs) if (!listed.has(found.name)) this.place(found, studies);
    const changes = await inSlices([...this.byId.values()], (run) => run.refresh());
    const changed = await this.lookAtStudies(studies);
    this.publish({ runs: changes.filter((change) => change !== null), gone, studies: changed });
  }

  private async lookAtStudies(studies: readonly Found[]): Promise<string[]> {
    const before = this.stamps;
    const stamps = studies.map(async (study) => [study.name, await stampOf(study)] as const);
    this.stamps = new Map(await Promise.all(stamps));
    const names = [...new Set([...before.keys(), ...this.stamps.keys()])];
    return names
      .filter((name) => before.get(name) !== this.stamps.get(name))
      .map((name) => idOf('study', name));
  }

  private place(found: Found, studies: readonly Found[]): void {
    const study = studies.find(({ folder }) => found.folder.startsWith(folder + sep));
    const run = new ListedRun(found, study ? idOf('study', study.name) : null);
    this.byId.set(run.id, run);
  }
}
