// The subjects of the recorded cases, for the pages and the links that are made of them.
import { readSubjects } from './sources.mjs';

/** What each subject is about, behind the title of its page. */
export const about = {
  versioning: ['Versioning', 'the states of versioning, version ids, the null version, listings of versions'],
  'delete-markers': ['Delete markers', 'reads and deletions of delete markers under policies'],
  'ordinary-objects': ['Objects', 'headers of objects, buckets without versioning, digests of bodies'],
  conditions: ['Conditional deletions', '`If-Match` of deletions, of versions and of batches, and the policies that demand it'],
  checksums: ['Checksums', 'algorithms of objects and uploads, checksums of parts and of all bytes'],
  uploads: ['Multipart uploads', 'parts, listings, completions and aborts of uploads, and the order of their checks'],
  parts: ['Parts of objects', 'reads by range and by part number, the attributes of an object'],
  'storage-classes': ['Storage classes', 'the classes of writes, copies and uploads, conditions before archives'],
  archives: ['Archives', 'restores, and the archive tiers of Intelligent-Tiering'],
  lifecycle: ['Lifecycle', 'configurations of lifecycle rules, and the header `x-amz-expiration`'],
  'object-lock': ['Object lock', 'retention, legal holds, event holds, and the rights to bypass them'],
  replication: ['Replication', 'configurations, replicas, their tags, locks and owners'],
  buckets: ['Buckets', 'a second creation of a bucket, and the tags of buckets'],
  configurations: ['Configurations of buckets', 'websites, acceleration, logging, analytics, metrics and inventories'],
  cors: ['CORS', 'configurations, preflights, and the headers of answers'],
  access: ['Access', 'public policies, ACLs, ownership, public access blocks, ABAC'],
  'access-points': ['Access points', 'access points, their policies and tags, and requests of S3 Control'],
  'customer-keys': ["Customers' keys", 'SSE-C: keys of reads, writes, copies and uploads, and buckets that block them'],
  'requester-pays': ['Requester Pays', 'who pays, and which answers say that it is charged'],
  documents: ['Documents of configurations', 'roots, namespaces and unknown elements of request documents'],
  'web-identities': ['Web identities', 'AssumeRoleWithWebIdentity of STS: tokens and trust policies'],
};

/** The recorded cases by subject, in the order of `cases/index.ts`. */
export function readNamedSubjects() {
  const subjects = readSubjects();
  const nameless = Object.keys(subjects).filter((name) => about[name] === undefined);
  if (nameless.length > 0) throw new Error(`specification/subjects.mjs: say in \`about\` what these subjects are: ${nameless.join(', ')}.`);
  return subjects;
}

/** A title begins with a small letter, since it is the name of a test. */
export function headingOf(title) {
  const [word] = title.split(' ');
  return /^[a-z]+[,;]?$/.test(word) ? `${title[0].toUpperCase()}${title.slice(1)}` : title;
}

export function casesOf(recordings) {
  return recordings.flatMap(({ file, recorded, cases }) => Object.entries(cases).map(([title, recordedCase]) => ({ file, recorded, title, recordedCase })));
}

export function sizeOf(recordings) {
  const cases = casesOf(recordings);
  return { cases: cases.length, calls: cases.reduce((sum, { recordedCase }) => sum + recordedCase.calls.length, 0) };
}
