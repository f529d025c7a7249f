/** Milliseconds that the fixed work takes on two cores of an AMD EPYC (Zen 5), best of several. */
const referenceMilliseconds = 27;

/**
 * How much longer this machine takes for a fixed piece of script than the one that the limits of
 * time were set on; 1 on a faster one.
 */
export function slowness(): number {
  const times = Array.from({ length: 20 }, timeWork);
  return Math.max(1, Math.min(...times) / referenceMilliseconds);
}

/** Makes, writes, reads and sorts a list of rows, as a page does that lists runs. */
function timeWork(): number {
  const start = performance.now();
  const rows = Array.from({ length: 20_000 }, (_, i) => ({
    name: `run-${(i * 7919) % 20_000}`,
    error: i / 7,
  }));
  const read = JSON.parse(JSON.stringify(rows)) as typeof rows;
  read.sort((a, b) => a.name.localeCompare(b.name));
  return performance.now() - start;
}
