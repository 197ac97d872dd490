/** One field of a matrix: a program that runs from the packed library, in a folder of its own, on each version of Node. */
export interface Cell {
  /** The matrix: the library by itself, a runner in an environment and module system, or a neighbour in an order of set-up and tear-down. */
  readonly matrix: 'library' | 'runners' | 'neighbours';
  /** With its version: `vitest 4.1.12`. */
  readonly row: string;
  /** The environment and module system, `threads, ES module`; or the order, `mock first`. */
  readonly column: string;
  /** With exact versions. Cells with the same ones share an installation. */
  readonly packages: Readonly<Record<string, string>>;
  /** The packages whose install scripts have to run. Those of others do not. */
  readonly scripts?: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** Whether it runs in the checkout itself, on its tests, instead of a folder with the packed library. */
  readonly inCheckout?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly passed: RegExp;
  /**
   * Where upstream forbids it although the packages' `engines` do not: on these versions of Node, major ones or a range such as `<22.18`,
   * the run fails, and its output has a line that matches.
   */
  readonly forbidden?: { readonly on: readonly number[] | string; readonly by: RegExp };
}

export function nameOf({ row, column }: Pick<Cell, 'row' | 'column'>): string {
  return `${row}, ${column}`;
}
