// Each is made once: a list of 200 runs would spend half a second on making them.
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** When something was, for a list: `14:05` today, else `3 Nov 14:05`, with the year if another. */
export function whenText(iso: string | null, now = new Date()): string {
  if (!iso) return '–';
  const date = new Date(iso);
  const time = clock.format(date);
  if (date.toDateString() === now.toDateString()) return time;
  const format = date.getFullYear() === now.getFullYear() ? day : dayOfYear;
  return `${format.format(date)} ${time}`;
}

/** A span for reading: `40 s`, `12 min`, `3 h 20 min`, `2 d 4 h`. */
export function spanText(seconds: number): string {
  if (seconds < 1) return `${seconds.toPrecision(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
