/** Which side the entries of a column lean to. */
export type Alignment = 'left' | 'right';

/** Lays rows out in columns two spaces apart, each as wide as its widest entry; to the left if not told. */
export function columns(
  rows: readonly (readonly string[])[],
  alignments: readonly (Alignment | undefined)[] = [],
): string {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column].length));
  const widths = (rows[0] ?? []).map((_, column) => widthOf(column));
  const lines = rows.map((row) =>
    row.map((entry, column) => pad(entry, widths[column], alignments[column])).join('  '),
  );
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** An entry filled up with spaces to a width. */
export function pad(entry: string, width: number, alignment: Alignment = 'left'): string {
  return alignment === 'left' ? entry.padEnd(width) : entry.padStart(width);
}

/** A whole number with separated thousands: `11,653,018`. */
export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A count of things: `1 run`, `12 runs`. */
export function plural(count: number, noun: string): string {
  return `${wholeNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A percentage with two decimals: `3.65 %`. */
export function percent(value: number): string {
  return `${value.toFixed(2)} %`;
}

/** A loss with four decimals; one that runs away, `6.07e+28`. */
export function lossText(value: number): string {
  return value < 10_000 ? value.toFixed(4) : value.toExponential(2);
}

/** A span of time: `0:42`, `12:05`, `1:02:05`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '-:--';
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const tail = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** A time taken: `4.2 s` below a minute, else as `duration`. */
export function elapsed(seconds: number): string {
  return seconds < 59.95 ? `${seconds.toFixed(1)} s` : duration(seconds);
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A size in decimal units: `54.9 MB`. */
export function byteSize(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}

/** A count of operations: `4.7 M`, `1.69 G`. */
export function shortCount(value: number): string {
  const power = Math.min(4, Math.floor(Math.log10(Math.max(1, value)) / 3));
  if (power === 0) return String(value);
  return `${(value / 1000 ** power).toPrecision(3)} ${['', 'k', 'M', 'G', 'T'][power]}`;
}
