const { expect } = require('@jest/globals');

/** Prints the requests of a test and the state of its buckets. */
function show(s3) {
  const { currentTestName } = expect.getState();
  const buckets = s3.buckets.map((bucket) => `  ${bucket}`).join('\n');
  process.stdout.write(`\n${currentTestName}\n${s3.requests}\nBuckets:\n${buckets}\n`);
}

module.exports = { show };
