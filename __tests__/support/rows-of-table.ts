interface Table<Row> {
  readonly rows: readonly Row[];
  readonly nameOf: (row: Row) => string;
  readonly check: (row: Row) => unknown;
  /** What the end of a test does between two tests, such as a reset of the mock. */
  readonly before?: () => unknown;
}

/**
 * Checks each row of a table in one test, since jest takes a millisecond for a test by itself. A row that fails does not keep the others from their
 * check; the error names all that failed, with their messages, and has the first one as its cause.
 */
export async function checkRows<Row>({ rows, nameOf, check, before }: Table<Row>): Promise<void> {
  const failed: { readonly name: string; readonly error: unknown }[] = [];
  for (const row of rows) {
    await before?.();
    try {
      await check(row);
    } catch (error) {
      failed.push({ name: nameOf(row), error });
    }
  }
  const [first] = failed;
  if (rows.length > 0 && first === undefined) return;
  const told = failed.map(({ name, error }) => `\n${name}\n${error instanceof Error ? error.message : String(error)}`);
  throw new Error(`${failed.length} of ${rows.length} rows fail:\n${told.join('\n')}`, { cause: first?.error });
}
