/** One field of a matrix: a test that runs from the packed library, in a folder of its own, on each version of Node. */
export interface Cell {
  /** The matrix: a runner in an environment and module system, or a neighbour in an order of set-up and tear-down. */
  readonly matrix: 'runners' | 'neighbours';
  /** With its version: `vitest 4.1.12`. */
  readonly row: string;
  /** The environment and module system, `threads, ES module`; or the order, `mock first`. */
  readonly column: string;
  /** The packages beside the library, with their exact versions. Cells with the same ones share an installation. */
  readonly packages: Readonly<Record<string, string>>;
  /** The files of the folder, with their texts. */
  readonly files: Readonly<Record<string, string>>;
  /** The arguments of Node. */
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Matches the output of a run that passed. */
  readonly passed: RegExp;
  /**
   * Where upstream forbids it although the packages' `engines` do not: on these major versions of Node the run fails, and its output has a
   * line that matches.
   */
  readonly forbidden?: { readonly on: readonly number[]; readonly by: RegExp };
}
