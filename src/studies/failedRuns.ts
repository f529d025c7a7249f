import { ExplainedError } from '../errors.ts';
import { plural } from '../text/text.ts';

/** Some runs of a study have failed while the others went on, and those are done. */
export class FailedRunsError extends ExplainedError {
  override readonly name = 'FailedRunsError';

  /** @param titles of those that failed, of `count` */
  constructor(titles: readonly string[], count: number) {
    super(
      `${titles.length} of ${plural(count, 'run')} failed: ${titles.join('; ')}; ` +
        'the same command tries them again, and keeps what is done',
    );
  }
}
