import type { LeftOutCall, RecordedCall, RecordedCase, RecordedDetails } from '../../src/facts/case';
import { mapTexts } from '../../src/facts/texts';
import { writeRequest } from '../../src/facts/wire-form';
import { controlOperations } from '../../src/operations/control/table';
import { operations } from '../../src/operations/table';
import type { Shape } from '../../src/shapes/shape';
import { isRecord } from '../../src/text/value-kinds';
import { RecordedIds, textsIn } from './names';
import type { Observation, Recording, Values } from './observation';

export function translate(recording: Recording): RecordedCase {
  const translation = new Translation(recording);
  const read = recording.observations.map((observation) => translation.translate(observation));
  const calls = read.filter((one) => Array.isArray(one)) as readonly RecordedCall[]; // the others are objects
  const leftOut = read.filter((one) => 'reason' in one);
  const [why] = leftOut;
  return {
    state: translation.state,
    calls,
    leftOut,
    mayLackCalls: true,
    ...(calls.length === 0 && {
      notPlayed: why === undefined ? 'it has no calls' : `none of its calls can be sent: ${why.reason}`,
    }),
  };
}

/** The order in which a client's own defaults decide about the checksum of a request that names none. */
const checksums = ['CRC32', 'CRC32C', 'SHA1', 'SHA256', 'SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128'];

const unlike = /^(?:date|server|connection|keep-alive|transfer-encoding|content-length|x-amz-request-id|x-amz-id-2)$/;

const notCompared = new Set(['RequestId', 'HostId', 'ResponseMetadata', 'Code']);

const moment =
  /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT)$/;

/** What was seen so far decides what a call means. */
class Translation {
  readonly #recording: Recording;
  readonly #ids: RecordedIds;
  readonly #owner: string | undefined;
  /** The user as whom the owner is played, if a request names them. */
  readonly #user: string | undefined;
  readonly #principals: { readonly users: readonly string[]; readonly roles: readonly string[] };
  readonly #known = new Set<string>();
  readonly #begun: Record<string, object> = {};
  /** The buckets that differ from the recording, since a call was left out. */
  readonly #lost = new Set<string>();
  readonly #points = new Map<string, string>();
  readonly #bound = new Set(['account', 'owner', 'bodyMD5']);
  readonly #moments = new Set<number>();
  #first: string | undefined;
  #at: number;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#at = findBeginning(recording);
    this.#ids = new RecordedIds(recording.account);
    this.#owner = recording.observations.find(({ actor, service }) => isS3(service) && actor !== 'anonymous')?.actor;
    const inputs = JSON.stringify(recording.observations.map(({ input }) => input));
    const answers = JSON.stringify(recording.observations.map(({ output }) => output));
    this.#principals = {
      users: principalsIn(inputs, recording.account, 'user'),
      roles: principalsIn(inputs, recording.account, 'role'),
    };
    const { users } = this.#principals;
    this.#user = users.find((name) => principalsIn(answers, recording.account, 'user').includes(name));
  }

  get state(): NonNullable<RecordedCase['state']> {
    const { users, roles } = this.#principals;
    const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, {}]));
    return {
      ...(this.#first !== undefined && { now: this.#first }),
      ...(Object.keys(this.#begun).length > 0 && { buckets: this.#begun }),
      ...(users.length > 0 && { users: named(users) }),
      ...(roles.length > 0 && { roles: named(roles) }),
    };
  }

  translate(observation: Observation): RecordedCall | LeftOutCall {
    const { label, output, headers } = observation;
    this.#begin(observation);
    this.#ids.note(observation.input);
    for (const [, text] of textsIn(observation.input)) if (moment.test(text)) this.#moments.add(Date.parse(text));
    const input = this.#ids.named(asSent(observation));
    const reason = this.#whyLeftOut(observation, input);
    if (reason !== undefined) {
      const bucket = findBucket(observation);
      if (bucket !== '' && changes(observation)) this.#lost.add(this.#points.get(bucket) ?? bucket);
      return { label, reason };
    }
    if (observation.operation === 'CreateAccessPoint')
      for (const point of [output['AccessPointArn'], output['Alias']])
        if (typeof point === 'string') this.#points.set(point, findBucket(observation));
    const tags = 'SSECustomerAlgorithm' in output || /^aws:/.test(String(output['ServerSideEncryption']));
    this.#ids.learn([output, headers], tags);
    for (const name of namesIn([output, headers])) this.#bound.add(name);
    return this.#call(observation, input);
  }

  #call(observation: Observation, input: Values): RecordedCall {
    const { label, operation, status, code, actor } = observation;
    const { output, absent } = this.#answer(observation);
    const headers: Record<string, string | null> = {};
    for (const [name, value] of Object.entries(observation.headers))
      if (!unlike.test(name)) headers[name] = value === null ? null : String(this.#expected(value, name));
    const by = actor === 'anonymous' ? actor : this.#user;
    const details: RecordedDetails = {
      ...(observation.region !== firstRegion && { region: observation.region }),
      at: this.#moveTo(observation.at),
      headers,
      absent,
      ...(by !== undefined && { by }),
    };
    const isUnnamed = /^head/i.test(operation) || code === '';
    return [label, this.#ids.named(operation), input, isUnnamed ? `${status}` : `${status} ${code}`, output, details];
  }

  #answer(observation: Observation): { output: Record<string, unknown>; absent: readonly string[] } {
    const { operation, input, status } = observation;
    const output: Record<string, unknown> = {};
    const empty: string[] = [];
    if (status >= 300 && /^head/i.test(operation)) return { output, absent: [] };
    for (const [name, value] of Object.entries(inOrder(input, observation.output))) {
      if (notCompared.has(name) || isOfClient(name, input)) continue;
      if (value === null || isAbsentList(operation, name, value)) empty.push(name);
      else output[name] = this.#expected(value, name);
    }
    const lacked = observation.isWhole ? listMembers(operation).filter((name) => !(name in observation.output)) : [];
    return { output, absent: [...observation.absent, ...empty, ...lacked] };
  }

  /** Returns a part of an answer as a case contains it: ids stand under their names, and a date of the recording stands as any date. */
  #expected(value: unknown, member: string): unknown {
    const known = mapTexts(
      value,
      (text, name) => {
        if (name === 'Location' && /^https?:/.test(text)) return '$(any)';
        if (!moment.test(text)) return text;
        const at = Date.parse(text);
        return this.#moments.has(at) ? new Date(at).toISOString() : '$(date)';
      },
      member,
    );
    const named = this.#ids.named(known);
    const caller = new RegExp(
      `arn:aws:(?:iam|sts)::\\$\\(account\\):(?!user/${this.#user}\\b)(?:user|assumed-role)/[\\w+=,.@/-]+`,
      'g',
    );
    return mapTexts(withBytes(named), (text) => text.replace(caller, '$(any)'), member);
  }

  #whyLeftOut(observation: Observation, input: Values): string | undefined {
    const { problem, service, actor, operation, status } = observation;
    if (problem !== undefined) return problem;
    if (!isS3(service) && service !== 's3control') return `it calls ${service}`;
    if (actor !== 'anonymous' && actor !== this.#owner) return 'it has another caller';
    if (String(observation.input['host']).includes('.s3-website')) return 'it calls a website endpoint';
    const sent = `${operation} ${JSON.stringify(input)}`;
    const through = this.#points.get(findBucket(observation)) ?? '';
    if ([...this.#lost].some((bucket) => bucket === through || sent.includes(bucket)))
      return 'it follows a call of its bucket that is left out';
    if (!this.#hasBody(observation)) return 'its body is not in the recording';
    const isUnbound = namesIn([operation, observation.input]).some((name) => !this.#bound.has(name));
    if (isUnbound || (status < 300 && hasStrangeId(input))) return 'it names an id that no played call answered';
    if (operation.includes(' ')) return /^[A-Z]+ \//.test(operation) ? undefined : 'it has no path';
    try {
      writeRequest(operation, input);
      const lacked = findLabels(operation).find((name) => typeof input[name] !== 'string' || input[name] === '');
      return lacked === undefined ? undefined : `${operation} needs ${lacked}`;
    } catch (error) {
      return (error as Error).message; // a TypeError that names the operation and the member
    }
  }

  #hasBody({ operation, input, output }: Observation): boolean {
    const tag = String(output['ETag'] ?? '');
    if (!/^(?:PutObject|UploadPart)$/.test(operation) || 'Body' in input) return true;
    return tag === '' || tag === '"d41d8cd98f00b204e9800998ecf8427e"' || !/^"[\da-f]{32}"$/.test(tag);
  }

  /** A bucket that no recorded call makes was there before. */
  #begin(observation: Observation): void {
    const bucket = findBucket(observation);
    const { operation, problem, service, status, code } = observation;
    // What is bound to a name is the ARN or the alias of an access point.
    const isPoint = /^arn:|\$\{/.test(bucket);
    if (bucket === '' || isPoint || this.#known.has(bucket) || problem !== undefined || !isS3(service)) return;
    this.#known.add(bucket);
    const isCreation = operation === 'CreateBucket' || /^PUT \/[^/?]+\/?$/.test(operation);
    if (isCreation || !(status < 300 || /^NoSuch(?!Bucket$)/.test(code))) return;
    const calls = this.#recording.observations.filter((one) => findBucket(one) === bucket);
    const change = calls.findIndex(({ operation: name }) => /^PutBucketVersioning$|^PUT .*\?versioning/.test(name));
    const before = change < 0 ? calls : calls.slice(0, change);
    const hasVersions = before.some(
      ({ operation: name, output: { VersionId = 'null' } }) => isWrite(name) && VersionId !== 'null',
    );
    this.#begun[bucket] = hasVersions ? { versioning: 'Enabled' } : {};
  }

  /** Calls were sent one after the other, a second apart if nobody says when. */
  #moveTo(at: string | undefined): string {
    const next = this.#first === undefined ? this.#at : this.#at + aSecond;
    const recorded = at === undefined ? Number.NaN : Date.parse(at);
    this.#at = recorded >= this.#at ? recorded : next;
    const text = new Date(this.#at).toISOString();
    this.#first ??= text;
    return text;
  }
}

const aSecond = 1000;

/** The calls before the first one whose moment was recorded were sent just before it. */
function findBeginning({ observations }: Recording): number {
  const index = observations.findIndex(({ at }) => at !== undefined);
  const { at = '2026-09-20T12:00:00Z' } = observations[index] ?? {};
  return Date.parse(at) - Math.max(0, index) * aSecond;
}

/** Requests that name no region go to its hosts. */
const firstRegion = 'us-east-1';

const isS3 = (service: string): boolean => service === 's3' || service === 's3api';

const isWrite = (operation: string): boolean => !/^(?:Get|Head|List|GET |HEAD |OPTIONS )/.test(operation);

const changes = (observation: Observation): boolean =>
  (isS3(observation.service) || observation.service === 's3control') &&
  isWrite(observation.operation) &&
  observation.status < 300;

function findBucket({ operation, input }: Observation): string {
  const { Bucket = /^arn:aws:s3:::([^/]+)$/.exec(String(input['ResourceArn']))?.[1] } = input;
  if (typeof Bucket === 'string') return Bucket;
  const [label = ''] = typeof input['host'] === 'string' ? input['host'].split('.') : [];
  const inPath = operation.includes(' ') ? (operation.split(/[ /?]/)[2] ?? '') : '';
  return label === '' || /^s3\b/.test(label) ? inPath : label;
}

const namesIn = (value: unknown): readonly string[] =>
  [...JSON.stringify(value).matchAll(/\$\{([\w:-]+)\}/g)].map(([, name = '']) => name);

const hasStrangeId = (input: Values): boolean =>
  textsIn(input).some(([member, text]) => /^(?:VersionId|UploadId)$/.test(member) && /^[\w.-]{32,}$/.test(text));

function principalsIn(text: string, account: string, kind: 'user' | 'role'): readonly string[] {
  const found = text.matchAll(new RegExp(`arn:aws:iam::(?:${account}|\\$\\{account\\}):${kind}/([\\w+=,.@-]+)`, 'g'));
  return [...new Set([...found].map(([, name = '']) => name))];
}

/** A request with what its client added by itself: the answer shows it. */
function asSent({ operation, input, output, status }: Observation): Values {
  if (operation.includes(' ')) return input;
  const hasChecksum = Object.keys(input).some((name) => name.startsWith('Checksum'));
  if (status >= 300 || hasChecksum) return input;
  if (/^(?:Get|Head)Object$/.test(operation) && 'ChecksumType' in output) return { ...input, ChecksumMode: 'ENABLED' };
  const made = operation === 'CreateMultipartUpload' ? output['ChecksumAlgorithm'] : undefined;
  const computed = checksums.find((name) => `Checksum${name}` in output);
  const ChecksumAlgorithm = made ?? (/^(?:PutObject|UploadPart)$/.test(operation) ? computed : undefined);
  return ChecksumAlgorithm === undefined ? input : { ...input, ChecksumAlgorithm };
}

/** Clients ask for encoded keys and decode them. */
const isOfClient = (name: string, input: Values): boolean => name === 'EncodingType' && !('EncodingType' in input);

/** S3 answers the entries of a batch in an order of its own. */
function inOrder(input: Values, output: Values): Values {
  const { Delete } = input;
  const objects = isRecord(Delete) && Array.isArray(Delete['Objects']) ? Delete['Objects'].filter(isRecord) : [];
  if (objects.length === 0) return output;
  const place = (entry: unknown) =>
    objects.findIndex(
      ({ Key, VersionId }) => isRecord(entry) && Key === entry['Key'] && VersionId === entry['VersionId'],
    );
  const lists = Object.entries(output).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.toSorted((one, other) => place(one) - place(other)) : value,
  ]);
  return Object.fromEntries(lists);
}

function withBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBytes);
  if (!isRecord(value)) return value;
  if (typeof value['base64'] === 'string') return Buffer.from(value['base64'], 'base64').toString();
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withBytes(one)]));
}

const findLabels = (operation: string): readonly string[] =>
  [...(findRow(operation)?.pattern ?? '').matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => name);

function findRow(
  operation: string,
): { readonly pattern: string; readonly output: Readonly<Record<string, Shape>> } | undefined {
  const rows = { ...operations, ...controlOperations };
  return rows[operation as keyof typeof rows]; // undefined for a name of another kind
}

function findOutput(operation: string): Readonly<Record<string, Shape>> {
  return findRow(operation)?.output ?? {};
}

/** A list without entries that has no element of its own is not in a document. */
function isAbsentList(operation: string, name: string, value: unknown): boolean {
  return Array.isArray(value) && value.length === 0 && findOutput(operation)[name]?.kind !== 'wrapped list';
}

/** The members of the answers of an operation, except the members that a client makes up or leaves out. */
function listMembers(operation: string): readonly string[] {
  return Object.entries(findOutput(operation)).flatMap(([name, member]) => {
    if (name === 'Metadata' || name === 'Body') return [];
    return member.kind === 'interleaved' ? Object.keys(member.kinds) : [name];
  });
}
