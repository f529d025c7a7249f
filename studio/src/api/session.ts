import { signal } from '@preact/signals';
import type { Session } from '../../../src/server/resources/session.ts';
import type { Vocabulary } from '../../../src/server/resources/vocabulary.ts';
import { api, json } from './client.ts';

/** Who serves the page; null until known. */
export const session = signal<Session | null>(null);

/** The words that configs are made of; null until known. */
export const vocabulary = signal<Vocabulary | null>(null);

/** Asks for both. @throws ApiError */
export async function openSession(): Promise<void> {
  [session.value, vocabulary.value] = await Promise.all([
    json(api.session.$get()),
    json(api.vocabulary.$get()),
  ]);
}
