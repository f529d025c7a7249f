import type { CaseEvent, Session } from './session.ts';

/** What a program does in its turn. */
export interface Turn {
  program: string;
  run: () => Promise<unknown>;
}

/** Runs everybody's turn `pairs` times, in an order that alternates. */
export async function* takeTurns(
  turns: readonly Turn[],
  { pairs }: Pick<Session, 'pairs'>,
): AsyncGenerator<CaseEvent> {
  for (let pair = 0; pair < pairs; pair++) {
    const ordered = pair % 2 === 0 ? turns : turns.toReversed();
    for (const [place, { program, run }] of ordered.entries()) {
      const done = (pair + place / turns.length) / pairs;
      yield { kind: 'task', task: `pair ${pair + 1}/${pairs}, ${program}`, done };
      await run();
    }
  }
}
