/**
 * Measures one subject of one figure, in a process of its own: `node figure.mjs FIGURE SUBJECT`, or `node figure.mjs FIGURE SUBJECT jest`
 * inside a test file of that runner, unless the figure runs suites by itself. Prints the numbers as JSON.
 */
const [figure, subject, runner] = process.argv.slice(2);
const { measure, prepare } = await import(`./figures/${figure}.mjs`);
const numbers = await (measure === undefined ? measureCalls() : measure(subject, runner));
process.stdout.write(JSON.stringify(numbers), () => process.exit());

async function measureCalls() {
  if (runner === undefined) return prepare(subject)();
  const { measureInRunner } = await import('./inside.mjs');
  return measureInRunner({ figure, subject, runner });
}
