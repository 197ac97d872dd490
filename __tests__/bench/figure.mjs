/** Measures one subject of one figure, in a process of its own: `node figure.mjs FIGURE SUBJECT`. Prints the numbers as JSON. */
const [figure, subject] = process.argv.slice(2);
const { measure } = await import(`./figures/${figure}.mjs`);
const numbers = await measure(subject);
process.stdout.write(JSON.stringify(numbers), () => process.exit());
