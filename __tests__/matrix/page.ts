const head = `# Versions of Node, runners and neighbours

Each cell is a program that ran with the packed library in an empty folder, together with the packages of its row. \`ok\` means that it passed. \`no\` means that
another package forbids it; the number leads to the line below the tables, which is the \`engines\` of a package, or a line of the output of the
failed run. Rows that name a folder are the tests of the library itself. \`npm run tool matrix\` runs all programs again.
`;

export function pageOf(tables: string, date: Date): string {
  const day = date.toISOString().slice(0, 'yyyy-mm-dd'.length);
  return `${head}\nRun on ${day}, ${process.platform} ${process.arch}.\n\n${tables}`;
}
