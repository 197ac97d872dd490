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

/** What the files of a subject are called that has a page for each, where the words of a name say too little. */
const titles = {
  'access/abac': 'Tags that decide access (ABAC)',
  'access/acl-grants': 'Grants of ACLs',
  'access/public-access': 'Public access blocks',
  'access-points/authority': 'Who may use an access point',
  'access-points/control': 'Access points and their settings',
  'access-points/requests': 'Requests through an access point',
  'access-points/account-blocks': 'Accounts and tags in S3 Control',
  'buckets/recreation': 'A bucket that is created again',
  'buckets/recreation-authority': 'Who may create a bucket again',
  'buckets/recreation-elsewhere': 'A bucket that is created again in another region',
  'buckets/tags': 'Tags of buckets',
  'checksums/objects': 'Checksums of objects',
  'checksums/uploads': 'Checksums of multipart uploads',
  'checksums/completions': 'Completions with checksums',
  'checksums/algorithms': 'Algorithms of multipart uploads',
  'conditions/conditional-deletions': 'Conditions in DeleteObject',
  'conditions/conditional-batches': 'Conditions in DeleteObjects',
  'configurations/accelerate': 'Transfer acceleration',
  'configurations/acceleration-hosts': 'The hosts of acceleration',
  'configurations/logging': 'Access logs',
  'configurations/logging-operations': 'Operations of buckets with access logs',
  'configurations/metrics': 'Request metrics',
  'cors/cors': 'Configurations and preflights',
  'customer-keys/boundaries': 'The order of checks',
  'customer-keys/controls': 'Buckets that block the keys',
  'customer-keys/data': 'Reads, writes and copies',
  'customer-keys/replication': 'Replicas',
  'documents/dialects': 'Roots, namespaces and elements',
  'lifecycle/authority': 'Who may read and write lifecycle rules',
  'lifecycle/configuration': 'Lifecycle rules',
  'lifecycle/headers': 'The header x-amz-expiration',
  'object-lock/authority': 'The rights to locks',
  'object-lock/bypass': 'Bypasses of governance',
  'object-lock/locks': 'Retention and legal holds',
  'parts/attributes': 'Attributes of objects',
  'parts/read-bounds': 'Ranges and part numbers',
  'parts/readers': 'Readers of parts',
  'replication/archives': 'Archived objects',
  'replication/authority': 'The rights of the role',
  'replication/control': 'Replication configurations',
  'replication/disclosure': "Owners in another account's bucket",
  'replication/flow': 'Replicas and their status',
  'replication/locks': 'Locks of replicas',
  'replication/read-alias': 'The rights to read a source',
  'replication/signals': 'Destinations without versioning',
  'replication/tag-alias': 'The rights to replicate tags',
  'replication/tag-filter': 'Rules with tags',
  'uploads/authority': 'The rights to upload',
  'uploads/completion': 'Completions',
  'uploads/controls': 'Uploads and their parts',
  'uploads/ended': 'Uploads that have ended',
  'uploads/orders': 'The order of checks',
  'web-identities/tokens': 'Tokens',
  'web-identities/trust': 'Trust policies',
};

/** What the page of a file of a subject is called. */
export function titleOf(subject, file) {
  const words = file.replaceAll('-', ' ');
  return titles[`${subject}/${file}`] ?? `${words[0].toUpperCase()}${words.slice(1)}`;
}

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
