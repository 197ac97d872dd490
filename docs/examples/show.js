const { expect } = require('@jest/globals');

/** Prints what a test asked of S3, and how its buckets stand. */
function show(s3) {
  const { currentTestName } = expect.getState();
  const buckets = s3.buckets.map((bucket) => `  ${bucket}`).join('\n');
  process.stdout.write(`\n${currentTestName}\n${s3.requests}\nBuckets:\n${buckets}\n`);
}

module.exports = { show };
