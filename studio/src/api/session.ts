import { signal } from '@preact/signals';
import type { Session } from '../../../src/server/resources/session.ts';
import type { Vocabulary } from '../../../src/server/resources/vocabulary.ts';
import { api, json } from './client.ts';

/** The format of the API that this page reads; it does not compile against another. */
const format: Session['format'] = 1;

/** Who serves the page; null until known. */
export const session = signal<Session | null>(null);

/** The words that configs are made of; null until known. */
export const vocabulary = signal<Vocabulary | null>(null);

/** Asks who serves the page. @throws ApiError; Error where it speaks another format than the page */
export async function openSession(): Promise<void> {
  const answer = await json(api.session.$get());
  if (answer.format !== format)
    throw new Error('The studio is of another version; reload this page.');
  session.value = answer;
}

/** Asks for the words. @throws ApiError */
export async function fetchVocabulary(): Promise<void> {
  vocabulary.value = await json(api.vocabulary.$get());
}
