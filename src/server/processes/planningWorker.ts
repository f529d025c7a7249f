import { parentPort } from 'node:worker_threads';
import { RequestError } from '../../errors.ts';
import { drawnCoefficients } from '../coefficients.ts';
import { description } from '../description.ts';
import type { Planned, PlanningAnswer } from './planner.ts';

parentPort?.on('message', (asked: Planned) => {
  parentPort?.postMessage(answer(asked));
});
parentPort?.postMessage('ready');

function answer(asked: Planned): PlanningAnswer {
  try {
    if (asked.kind === 'describe') return { value: description(asked.config, asked.images) };
    return { value: drawnCoefficients(asked.record, asked.step) };
  } catch (error) {
    const { message } = error as Error;
    return { message, refused: error instanceof RequestError };
  }
}
