import { option, RequestError } from '../errors.ts';

/** Which field of a container is meant, by its name there; `auto` is what the names tell. */
export type FieldChoice = string;

/** @throws RequestError for a text that is no name */
export function parseField(text: string, setting: string): FieldChoice {
  if (text !== '' && !/\p{Cc}/u.test(text)) return text;
  throw new RequestError(
    `${option(setting)} ${JSON.stringify(text)}: a field has a name of visible characters; name one, or say auto`,
  );
}
