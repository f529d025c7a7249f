import { refuseFile } from '../files/folders.ts';
import { QueueWatch } from '../jobs/queue.ts';
import { Assessor } from './assessor.ts';
import { broadcast } from './broadcast.ts';
import { EventLog } from './events.ts';
import { newToken } from './guard/secrets.ts';
import { Library } from './library/library.ts';
import { OwnData } from './ownData.ts';
import { loadPages, type PageFile } from './pages.ts';
import { Launcher } from './processes/launcher.ts';
import { Measurer } from './processes/measurer.ts';
import { Pacer } from './processes/pacer.ts';
import { Planner } from './processes/planner.ts';
import { Predictor } from './processes/predictor.ts';
import { RunImages } from './runImages.ts';
import { Watch } from './watch.ts';

/** What a studio is asked for. */
export interface StudioOptions {
  /** The folder of runs; it need not exist yet. */
  folder: string;
  /** Folder to look for data in first. */
  dataFolder?: string;
  /** The address that the studio listens at. */
  host?: string;
  /** Asked of everybody where it is set. */
  password?: string;
}

/** What the answers to requests are made of. */
export interface Studio extends StudioOptions {
  host: string;
  library: Library;
  launcher: Launcher;
  measurer: Measurer;
  pacer: Pacer;
  assessor: Assessor;
  planner: Planner;
  predictor: Predictor;
  ownData: OwnData;
  runImages: RunImages;
  events: EventLog;
  watch: Watch;
  queues: QueueWatch;
  pages: Map<string, PageFile>;
  /** Of those who may start and stop runs. */
  token: string;
}

/** Opens a studio over a folder of runs. @throws RequestError where a file is in its place */
export async function openStudio(options: StudioOptions): Promise<Studio> {
  await refuseFile(options.folder, 'give a folder for runs, there or still to come');
  const events = new EventLog();
  const library = new Library(options.folder, (change) => broadcast(events, change));
  const ownData = new OwnData(options.dataFolder);
  const planner = new Planner(ownData);
  return {
    host: '127.0.0.1',
    ...options,
    library,
    launcher: new Launcher(library, planner, { ...options, ownData }),
    measurer: new Measurer(
      (id, doing) => events.append('looking', { id, doing }),
      options.dataFolder,
    ),
    pacer: new Pacer(planner, ownData),
    assessor: new Assessor(),
    planner,
    predictor: new Predictor(options.dataFolder),
    ownData,
    runImages: new RunImages(options.dataFolder),
    events,
    watch: new Watch(library),
    queues: new QueueWatch(),
    pages: await loadPages(),
    token: newToken(),
  };
}
