/** A number that Python reads as a float. */
export const pythonFloat = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(1) : `${value}`;
