import { type Ending, startShakelab } from './shakelab.ts';

/** A studio that runs as a user would run it. */
export interface RunningStudio {
  /** The address it printed, with its token. */
  address: string;
  /** Interrupts it, as Ctrl + C does. */
  close(): Promise<Ending>;
}

/** Starts `shakelab studio` over a folder. */
export async function openStudio(folder: string, ...flags: string[]): Promise<RunningStudio> {
  const { child, ending } = startShakelab('studio', folder, '--no-open', ...flags);
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (text: string) => {
      const found = /http:\/\/\S+/.exec(text);
      if (found) resolve(found[0]);
    });
    void ending.then(({ err }) => reject(new Error(`the studio ended: ${err}`)));
  });
  return {
    address,
    close() {
      child.kill('SIGINT');
      return ending;
    },
  };
}
