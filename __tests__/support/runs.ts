/** The part of the runs that a property has: jest's `globals` of package.json and of verify.config.cjs. */
const share = Number(Reflect.get(globalThis, 'shareOfRuns'));

/** Whether a property is tried as often as it says. A part of the runs does not reach each rare step of a history. */
export const areAllRuns = share === 1;

/** The rows of a matrix that a run tries in a column: `npm test` tries each row in one of the columns, `npm run test:verify` in all. */
export function rowsOfColumn<Row>(rows: readonly Row[], column: number, columns: number): readonly Row[] {
  return areAllRuns ? rows : rows.filter((_row, index) => index % columns === column);
}

/**
 * How often a property is tried: `fc.assert(property, runs(300))`. `npm test` tries a tenth, with the same values each time, so that a failure comes
 * from the change. `npm run test:verify` tries all, with other values each time.
 */
export function runs(all: number): { readonly numRuns: number; readonly seed?: number } {
  return areAllRuns ? { numRuns: all } : { numRuns: Math.ceil(all * share), seed: 1 };
}
