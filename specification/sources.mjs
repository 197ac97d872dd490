// What makes a case of specification/cases evidence: a fact with a recorded or measured line, and an entry in sources.json, which names where the
// words come from and has a hash of them. `npm run generate facts` and a test refuse a case without it; `npm run tool sources` writes the entry.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const lock = new URL('sources.json', import.meta.url);

/** Cases from before a case had to name its fact, by file and title. A case may leave this list; none may join it. */
export const withoutFact = [
  'conditional_versions.json: DeleteObjects deletes versions and delete markers by their ids, and then the bucket can be deleted',
  'checksum_algorithms_object_replay.json: an object that comes without a checksum has a CRC64NVME',
  "checksum_algorithms_object_replay.json: the checksum of an object with a customer's key is shown to those who have the key",
  'checksum_algorithms_object_replay.json: an object that is encrypted with KMS shows its checksum',
  'lifecycle_control_replay.json: a bucket without lifecycle rules has no configuration, and its deletion succeeds',
  'lifecycle_header_authority_replay.json: a lifecycle request that expects another owner is refused',
  'lifecycle_header_authority_replay.json: a lifecycle configuration is read with s3:GetLifecycleConfiguration, and written and deleted with s3:PutLifecycleConfiguration',
  'lifecycle_header_authority_replay.json: another account needs the permission of the bucket for lifecycle, and a Deny applies to the owner',
  'object_lock_controls_replay.json: a compliance retention cannot be bypassed until it ends, and a legal hold outlasts it',
  'object_lock_controls_replay.json: DeleteObjects deletes what is not locked, and with a bypass what governance mode protects',
  'object_lock_controls_replay.json: a null version that existed before object lock can be locked',
  'object_lock_controls_replay.json: a bucket without object lock refuses locks and a bypass',
  'object_lock_authority_replay.json: CreateBucket with object lock needs the rights to versioning and to the object lock configuration',
  'object_lock_authority_replay.json: a default retention of the bucket needs no right of the writer, and a lock of the request does',
  'object_lock_authority_replay.json: a read leaves out the part of a lock that the caller may not read',
  'object_lock_authority_replay.json: another account has the rights to locks that the bucket grants',
  'bucket_tags.json: PutBucketTagging replaces all tags, and removes them if its list is empty',
  'bucket_tags.json: tag keys are case-sensitive, and a key that occurs twice is refused',
  'bucket_tags.json: a request for the tags of a bucket that expects another owner is denied and changes nothing',
  'acceleration_controls_replay.json: reading and writing acceleration need one right each, which is checked before the document and its digest',
  'acceleration_controls_replay.json: tags of the bucket allow acceleration only while ABAC is enabled',
  'acceleration_controls_replay.json: a tag with another value does not allow acceleration',
  'acceleration_controls_replay.json: the bucket and its expected owner are checked before the acceleration document',
  'logging_control_replay.json: another account can read and write the logging configuration only if the bucket policy allows it',
  'logging_delivery_replay.json: the operations of a bucket are answered with these statuses',
  'logging_delivery_replay.json: the operations of an object, its versions and its uploads are answered with these statuses, with an unusual key and without digests',
  'cors_replay.json: a request for CORS that expects another owner is denied and changes nothing',
  "customer_encryption_control_replay.json: a policy can require the algorithm of a customer's key, and has no condition on the key itself",
  'requester_control_replay.json: the payer of a bucket is stored, and a request that expects another owner changes nothing',
];

/** Files whose commit was not noted when their cases were written. A file may leave this list; none may join it. */
export const withoutCommit = [
  'crates/s3-tests/tests/multipart.rs of justincormack/argmin',
  'multipart_controls_replay.json',
  'multipart_events_replay.json',
  'multipart_raw_replay.json',
  'multipart_read_bounds_replay.json',
  'multipart_readers_replay.json',
  'object_lock_authority_replay.json',
  'object_lock_controls_replay.json',
  'ownership_authority_replay.json',
  'ownership_replay.json',
  'public_access_replay.json',
  'public_policy_replay.json',
  'recreation_authority_replay.json',
  'recreation_controls_replay.json',
  'replication_authority_replay.json',
  'replication_control_replay.json',
  'replication_flow_replay.json',
  'replication_read_alias_replay.json',
  'replication_signals_replay.json',
  'replication_tag_alias_replay.json',
  'replication_tag_filter_replay.json',
  'request_metrics_control_replay.json',
  'requester_admission_replay.json',
  'requester_control_replay.json',
  'requester_data_replay.json',
  'requester_management_raw_replay.json',
  'requester_presigned_replay.json',
  'restore_replay.json',
  'storage_class_replay.json',
  'website_admission_replay.json',
  'website_rules_replay.json',
];

/** The recorded cases by subject, in the order of `cases/index.ts`. */
export function readSubjects() {
  const load = createRequire(import.meta.url);
  load('../build/typescript.cjs');
  return load('./cases/index.ts').subjects;
}

/** The file of a subject that has these recordings, without its extension. */
export function fileOf(subject, recordings) {
  const folder = new URL(`cases/${subject}/`, import.meta.url);
  const load = createRequire(import.meta.url);
  const files = readdirSync(folder).filter((file) => file !== 'index.ts');
  const file = files.find((one) => Object.values(load(fileURLToPath(new URL(one, folder)))).includes(recordings));
  if (file === undefined) throw new Error(`No file of specification/cases/${subject} has the recordings of ${Object.keys(recordings.cases)[0]}.`);
  return file.replace(/\.ts$/, '');
}

export function readSources() {
  return JSON.parse(readFileSync(lock, 'utf8'));
}

export function writeSources(sources) {
  const sorted = Object.fromEntries(Object.entries(sources).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  const text = JSON.stringify(sorted, undefined, 2);
  // A list of months is one line.
  writeFileSync(lock, `${text.replaceAll(/\[\s+([^\]]*?)\s+\]/g, (_, months) => `[${months.replaceAll(/\s+/g, ' ')}]`)}\n`);
}

/** The hash of the requests and answers of a case, and of the month in which they were recorded. */
export function hashWords(recorded, { calls }) {
  const plain = (_name, value) => {
    if (value instanceof Uint8Array) return { bytes: createHash('sha256').update(value).digest('hex') };
    return typeof value === 'function' || value instanceof RegExp ? String(value) : value;
  };
  return createHash('sha256').update(JSON.stringify([recorded, calls], plain)).digest('hex');
}

/** `2026-09`, of `September 2026` too. */
export function monthOf(recorded) {
  const at = /^\d{4}-\d\d$/.test(recorded) ? recorded : new Date(`1 ${recorded} UTC`).toISOString().slice(0, 7);
  return at;
}

/** Why cases are no evidence, a sentence each. `shown` are the numbers of the facts that were recorded or measured. */
export function findProblems({ subjects, sources, shown, withoutFact, withoutCommit }) {
  const all = Object.values(subjects).flat();
  const cases = all.flatMap(({ file, recorded, cases }) => Object.entries(cases).map(([title, one]) => ({ file, recorded, title, one })));
  const names = new Set(cases.map(({ file, title }) => `${file}: ${title}`));
  return [
    ...cases.flatMap((one) => problemsOf(one, { shown, sources, withoutFact })),
    ...Object.entries(sources).flatMap(([file, source]) => problemsOfSource(file, source, { names, withoutCommit })),
    ...withoutFact.filter((name) => cases.every(({ file, title, one }) => `${file}: ${title}` !== name || one.fact !== undefined)).map((name) => `${name}: take it out of withoutFact.`),
    ...withoutCommit.filter((file) => sources[file]?.commit !== null).map((file) => `${file}: take it out of withoutCommit.`),
  ];
}

function problemsOf({ file, recorded, title, one }, { shown, sources, withoutFact }) {
  const name = `${file}: ${title}`;
  const source = sources[file];
  return [
    ...(one.fact === undefined && !withoutFact.includes(name) ? [`${name}: it has no fact.`] : []),
    ...(one.fact !== undefined && !shown.includes(one.fact) ? [`${name}: ${one.fact} has no evidence that was recorded or measured.`] : []),
    ...(source === undefined ? [`${name}: its file has no source. Add it with: npm run tool sources`] : []),
    ...(source !== undefined && !source.months.includes(monthOf(recorded)) ? [`${name}: its source does not say that it was recorded in ${recorded}.`] : []),
    ...(source !== undefined && source.words[title] !== hashWords(recorded, one) ? [`${name}: its words are not those of its source. Compare them with: npm run tool sources`] : []),
  ];
}

function problemsOfSource(file, { repository, path, commit, words }, { names, withoutCommit }) {
  const isKnown = /^[\w.-]+\/[\w.-]+$/.test(repository) && typeof path === 'string' && path !== '';
  const hasCommit = commit === null ? withoutCommit.includes(file) : /^[\da-f]{40}$/.test(commit);
  return [
    ...(isKnown ? [] : [`${file}: its source needs a repository and a path.`]),
    ...(hasCommit ? [] : [`${file}: its source needs a commit.`]),
    ...Object.keys(words).flatMap((title) => (names.has(`${file}: ${title}`) ? [] : [`${file}: ${title}: there is no such case.`])),
  ];
}
