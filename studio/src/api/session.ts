import { signal } from '@preact/signals';
import type { Session } from '../../../src/server/resources/session.ts';
import type { Vocabulary } from '../../../src/server/resources/vocabulary.ts';
import { api } from '../api/routes.ts';

/** Who serves the page; null until known. */
export const session = signal<Session | null>(null);

/** The words that configs are made of; null until known. */
export const vocabulary = signal<Vocabulary | null>(null);

/** Why the page could not be set up. */
export const setupProblem = signal<string | null>(null);

/** Asks for both. */
export async function openSession(): Promise<void> {
  [session.value, vocabulary.value] = await Promise.all([api.session(), api.vocabulary()]);
}
