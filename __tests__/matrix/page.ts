const head = `# Versions of Node, runners and neighbours

Each field is a program that ran from the packed library in an empty folder, with the packages of its row beside it: \`ok\` if it passed.
\`no\` has the number of the line of upstream that forbids it, below the tables: the \`engines\` of a package, or a line of the output of
the run, which failed. The rows that name a folder are the tests of the library itself. \`npm run matrix\` runs them again.
`;

export function pageOf(tables: string, date: Date): string {
  const day = date.toISOString().slice(0, 'yyyy-mm-dd'.length);
  return `${head}\nRun on ${day}, ${process.platform} ${process.arch}.\n\n${tables}`;
}
