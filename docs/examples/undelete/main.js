const { parseArgs } = require('node:util');
const { Bucket } = require('./bucket');

const usage = `Usage: undelete s3://BUCKET/PREFIX [--dry-run] [--before DATE]

Brings deleted objects back: removes the delete markers that are the current versions of keys below the prefix.

  --dry-run      only prints what would come back
  --before DATE  only what was deleted before that moment, such as 2026-03-01 or 2026-03-01T12:00:00Z`;

const options = { 'dry-run': { type: 'boolean' }, before: { type: 'string' } };

/** Runs the command; returns its exit code: 0, 1 if S3 refused something, 2 for a wrong command. */
async function main(args, print = console.log) {
  try {
    const { name, prefix, isDry, before } = read(args);
    const count = await undelete(new Bucket(name), { prefix, isDry, before, print });
    print(`${count} ${count === 1 ? 'object' : 'objects'} ${isDry ? 'would come' : 'came'} back`);
    return 0;
  } catch (error) {
    print(error.isUsage ? `${error.message}\n\n${usage}` : error.message);
    return error.isUsage ? 2 : 1;
  }
}

async function undelete(bucket, { prefix, isDry, before, print }) {
  let count = 0;
  for await (const { key, versionId, isLatest, lastModified } of bucket.deleteMarkers(prefix)) {
    // A marker below another version hides nothing.
    if (!isLatest || (before !== undefined && lastModified >= before)) continue;
    if (!isDry) await bucket.deleteVersion(key, versionId);
    print(`${key}  deleted ${lastModified.toISOString()}`);
    count += 1;
  }
  return count;
}

function read(args) {
  const { values, positionals } = parse(args);
  const [, name, prefix] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(positionals[0] ?? '') ?? [];
  if (name === undefined || positionals.length > 1) throw usageError('Give one place, such as s3://vault/reports/.');
  const before = values.before === undefined ? undefined : new Date(values.before);
  if (Number.isNaN(before?.getTime())) throw usageError(`--before ${values.before} is not a date.`);
  return { name, prefix, isDry: values['dry-run'] === true, before };
}

function parse(args) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw usageError(error.message);
  }
}

function usageError(message) {
  return Object.assign(new Error(message), { isUsage: true });
}

module.exports = { main };
