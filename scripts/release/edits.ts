// What a release changes in the files that state its version: texts in, texts out.

const number = /^\d+\.\d+\.\d+$/;

/** @throws Error where the version is none, or not above the last one */
export function checkVersion(version: string | undefined, last: string): void {
  if (!number.test(version ?? '')) throw new Error(`version ${version}: give one such as 0.2.0`);
  const [own, before] = [version!, last].map((text) => text.split('.').map(Number));
  const at = own.findIndex((part, index) => part !== before[index]);
  if (at < 0 || own[at] < before[at]) throw new Error(`version ${version}: not above ${last}`);
}

/** package.json or package-lock.json with its own version, wherever they state it. */
export function versioned(json: string, version: string): string {
  const value = JSON.parse(json);
  value.version = version;
  if (value.packages) value.packages[''].version = version;
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * The changelog with its unreleased part under the version and date.
 *
 * @throws Error where nothing is unreleased
 */
export function released(changelog: string, version: string, date: string): string {
  const [before, unreleased] = changelog.split(/^## Unreleased\n/m);
  const own = unreleased?.split(/^## /m)[0].trim();
  if (!own) throw new Error('CHANGELOG.md: nothing under Unreleased; write what a user notices');
  return `${before}## Unreleased\n\n## ${version} - ${date}\n${unreleased}`;
}

/** CITATION.cff of a version and its date. */
export function cited(citation: string, version: string, date: string): string {
  return citation
    .replace(/^date-released: .*\n/m, '')
    .replace(/^version: .*$/m, `version: ${version}\ndate-released: ${date}`);
}

/** What the changelog says of a version, for its tag. */
export const notesOf = (changelog: string, version: string): string =>
  changelog.split(`## ${version} - `)[1].split(/^## /m)[0].split('\n').slice(1).join('\n').trim();
