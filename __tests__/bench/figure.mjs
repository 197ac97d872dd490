/**
 * Measures one subject of one figure, in a process of its own: `node figure.mjs FIGURE SUBJECT`, or `node figure.mjs FIGURE SUBJECT jest`
 * inside a test file of that runner. Prints the numbers as JSON.
 */
const [figure, subject, runner] = process.argv.slice(2);
const numbers = await (runner === undefined ? measureHere() : measureInside());
process.stdout.write(JSON.stringify(numbers), () => process.exit());

async function measureHere() {
  const { measure, prepare } = await import(`./figures/${figure}.mjs`);
  return measure === undefined ? prepare(subject)() : measure(subject);
}

async function measureInside() {
  const { measureInRunner } = await import('./inside.mjs');
  return measureInRunner({ figure, subject, runner });
}
