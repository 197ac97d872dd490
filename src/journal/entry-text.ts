import { types } from 'node:util';
import { outlineBytes } from '../formats/byte-outline';
import { maskUrl } from '../text/masks';
import { isRecord } from '../text/value-kinds';
import { BRIEF, visible, writeValue } from '../text/values';
import type { RequestEntry, RequestFailure, ServiceName } from './entry';
import type { Columns } from './lines';

const REASON_LINES = 4;
const WRITTEN_RULES = 3;

export const requestColumns: Columns<RequestEntry> = {
  label: 's3.requests',
  noun: 'request',
  aligned: 5,
  widest: 40,
  ofMoment: 1,
  cells: (entry) => [
    entry.time.toISOString().slice(11, 23),
    entry.operation ?? '(no operation)',
    entry.operation === undefined ? writeTarget(entry) : writeResource(entry),
    writeStatus(entry),
    writeInput(entry),
    entry.client ?? '',
  ],
  below: (entry) => {
    const { error, why, failure, notes } = entry;
    const reason = why ?? error?.message;
    // If the mock has a bug, the reason is its stack, whose first lines name the place of the bug.
    return [
      ...(reason === undefined ? [] : `why: ${reason}`.split('\n', REASON_LINES)),
      ...(failure ? [`on purpose: ${failure.what}; ${writeApplied(failure)}`] : []),
      ...listRules(failure).map((rule) => `rule: ${rule}`),
      ...notes.map((note) => `note: ${note}`),
    ];
  },
};

export function writeUrl(entry: RequestEntry): string {
  return maskUrl(entry.url);
}

/** Writes the target of a request that is no operation. */
export function writeTarget(entry: RequestEntry): string {
  return `${entry.method} ${writeUrl(entry)}`;
}

function writeStatus({ status, error }: RequestEntry): string {
  if (status === 0) return 'no answer';
  return error === undefined ? `${status}` : `${status} ${error.code}`;
}

export function writeResource({ bucket, key }: Pick<RequestEntry, 'bucket' | 'key'>): string {
  return visible([bucket, key].filter((part) => part !== undefined).join('/'));
}

/** Writes the input of a request to another service than S3. */
export function writeRequestSubject(entry: RequestEntry): string {
  const resource = writeResource(entry);
  return resource === '' && entry.service !== 's3' ? writeInput(entry) : resource;
}

/** The operation, and what it was about. */
export function writeCall(entry: RequestEntry): string {
  const subject = writeRequestSubject(entry);
  return [entry.operation ?? entry.method, subject].filter((part) => part !== '').join(' ');
}

/** Writes the input without the members that have their own column, and without the members that SDKs add to every request. */
function writeInput(entry: RequestEntry): string {
  const { input, dropped = [] } = entry;
  const members = Object.entries(input).filter(
    ([name, value]) =>
      value !== undefined && !dropped.includes(name) && !/^(?:Bucket|Key|Content(?:MD5|Length)|Checksum.*)$/.test(name),
  );
  const text = members.length === 0 ? '' : writeValue(Object.fromEntries(members), BRIEF);
  return [text, ...dropped.map((name) => `(${name} dropped)`)].filter((part) => part !== '').join(' ');
}

function writeApplied({ applied, entries }: RequestFailure): string {
  if (!applied) return 'not applied';
  return entries === undefined ? 'applied' : 'the other entries were carried out';
}

function listRules(failure: RequestFailure | undefined): readonly string[] {
  return [...new Set(failure?.entries?.map(({ rule }) => rule))].slice(0, WRITTEN_RULES);
}

/** Returns the reason of a refusal, as a surface writes it. */
export type TellReason = (entry: RequestEntry) => string | undefined;

const asInTests: TellReason = ({ why, error }) => why ?? error?.message;

export function traceRequest(entry: RequestEntry, tell: TellReason = asInTests): string {
  const { status, operation, versionId } = entry;
  const parts = [
    status === 0 ? 'no answer' : String(status),
    operation ?? writeTarget(entry),
    operation && writeRequestSubject(entry),
    operation && versionId && `(${versionId})`,
  ];
  const [reason = '', ...lines] = (writeReason(entry, tell) ?? '').split('\n', REASON_LINES);
  const first = [...parts, reason].filter((part) => part).join('  ');
  // A key may contain any character, even one that moves the cursor.
  return [first, ...lines].map(visible).join('\n  ');
}

function writeReason(entry: RequestEntry, tell: TellReason): string | undefined {
  const { error, failure } = entry;
  const refused = [error?.code ?? '', tell(entry) ?? ''].filter((part) => part !== '').join(': ');
  const onPurpose = failure && `on purpose: ${failure.what}`;
  if (refused === '') return onPurpose;
  return onPurpose === undefined ? refused : `${refused} (${onPurpose})`;
}

/** A request as JSON: what it was, and what S3 answered. */
export interface RequestLiteral {
  /** The name of the operation; if the request is not an operation of S3, the method and the path. */
  readonly operation: string;
  /** The service, if it is not S3. */
  readonly service?: Exclude<ServiceName, 's3'>;
  /** The input without the digests that clients add, and with a word in place of an MFA code. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The HTTP status; 0 if the connection was lost before any answer. */
  readonly status: number;
  /** The code of the error. */
  readonly code?: string;
  /** The failure that a rule of the test injected. */
  readonly failure?: string;
}

const digests = /^(?:Checksum.*|ContentMD5|ContentLength)$/;
/** The members whose own members have names that users choose. */
const openMaps = new Set(['Metadata']);

/** An SDK adds the digest by itself, and another version of the SDK may not. */
export function isDigest(name: string): boolean {
  return digests.test(name);
}

/** The literal is the same in each run with the same seed: it contains no times, ids of requests, addresses, signatures and headers. */
export function requestLiteral(entry: RequestEntry): RequestLiteral {
  const { operation, service, input, status, error, failure, dropped = [] } = entry;
  const lost = dropped.filter((name) => Object.hasOwn(input, name));
  return {
    operation: operation ?? `${entry.method} ${pathOf(entry.url)}`,
    ...(service !== undefined && service !== 's3' && { service }),
    input: { ...inputLiteral(input), ...Object.fromEntries(lost.map((name) => [name, '<dropped to save memory>'])) },
    status,
    ...(error && { code: error.code }),
    ...(failure && { failure: failure.what }),
  };
}

/** The literal contains no digests, and words in place of MFA codes. */
export function inputLiteral(members: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members)
      .filter(([name, value]) => value !== undefined && !isDigest(name))
      .map(([name, value]) => [name, writeMember(name, value)]),
  );
}

function writeMember(name: string, value: unknown): unknown {
  // A code of an MFA device changes every half a minute; the outcome shows whether it was right.
  if (name === 'MFA' && typeof value === 'string') return value.replace(/ \S+$/, ' <code>');
  if (name === 'TokenCode' && typeof value === 'string') return '<code>';
  if (openMaps.has(name)) return value;
  return writeLiteral(value);
}

function writeLiteral(value: unknown): unknown {
  if (types.isUint8Array(value)) return outlineBytes(value);
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (Array.isArray(value)) return value.map(writeLiteral);
  return isRecord(value) ? inputLiteral(value) : value;
}

/** The host can contain a free port, and the query a signature. */
function pathOf(url: string): string {
  return url.replace(/^\w+:\/\/[^/]*/, '').replace(/\?.*$/s, '');
}
