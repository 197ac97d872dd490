import { md5 } from '../../src/formats/digests';
import { isRecord } from '../../src/text/value-kinds';
import type { Observation, Recording, Values } from './observation';

/**
 * Reads the files of `testdata/aws/s3` in `radkawar/stackd`. They have two forms: observations as a client printed them, with members in small
 * letters, and calls that were prepared for a replay, with members in capitals, in which ids have names such as `${upload-1}`.
 * @module
 */

const accountOfCalls = '123456789012';

export function readStackd(content: Values, title: string): readonly Recording[] | undefined {
  if (Array.isArray(content['observations'])) return [readObservations(content, content['observations'], title)];
  if (Array.isArray(content['Calls'])) return [readCalls(content, content, title)];
  const scenarios = [content['Scenarios'], content['Cases']].flat().filter(isRecord);
  if (!scenarios.some(({ Calls }) => Array.isArray(Calls))) return undefined;
  return scenarios.map((scenario, index) => readCalls(scenario, content, `${textIn(scenario, 'Name') ?? index + 1}`));
}

const partsOfObservations = new Set([
  ...['label', 'service', 'operation', 'actor', 'input', 'region', 'request', 'result', 'sequence'],
  ...['started_at', 'finished_at', 'completed_at', 'observed_at', 'request_started_ms', 'request_finished_ms'],
  ...['observed_http_requests', 'http_statuses', 'body_transport'],
]);
const partsOfResults = new Set(['code', 'output', 'message', 'error', 'http_status', 'request_id', 'headers']);

function readObservations(content: Values, entries: readonly unknown[], title: string): Recording {
  const { context, identity_relationships: identities } = content;
  const account = textIn(record(context), 'account') ?? textIn(record(identities), 'account') ?? accountOfCalls;
  return { title, account, observations: entries.map((entry) => readObservation(record(entry))) };
}

function readObservation(entry: Values): Observation {
  const result = record(entry['result']);
  const status = Number(result['http_status']);
  const error = record(result['error']);
  const { ResponseMetadata: metadata = error['ResponseMetadata'], ...output } = record(result['output']);
  const input = record(entry['input']);
  const caller = readCaller(entry, 'service', 'actor', 'region');
  const operation = inJournal(inCapitals(textIn(entry, 'operation') ?? ''), caller.service);
  return {
    label: textIn(entry, 'label') ?? '',
    problem: findProblem(status, result['code'], [entry, partsOfObservations], [result, partsOfResults]),
    ...caller,
    operation,
    status,
    code: readCode(result['code']),
    input: withBody(input, output),
    output: status >= 300 ? refusalIn(result) : withBody(capturedIn(output), output),
    isWhole: status < 300 && 'output' in result,
    absent: [],
    headers: headersIn(result['headers'] ?? record(metadata)['HTTPHeaders']),
    at: readMoment(entry['started_at'] ?? entry['observed_at'] ?? entry['request_started_ms']),
  };
}

/** `get-object` of the command line is `GetObject`. */
const inCapitals = (operation: string): string =>
  operation.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * S3 and S3 Control have three operations with the same names. The journal names the operations of S3 Control after the account (F1102).
 */
function inJournal(operation: string, service: string): string {
  return service === 's3control'
    ? operation.replace(/(?<=^(?:Get|Put|Delete))PublicAccessBlock$/, 'Account$&')
    : operation;
}

function refusalIn(result: Values): Values {
  const { Error: inner, ResponseMetadata: _metadata, ...error } = record(result['error']);
  const output = record(result['output']);
  const Message = textIn(result, 'message') ?? textIn(output, 'message') ?? textIn(output, 'Message');
  return { ...(Message !== undefined && { Message }), ...error, ...record(inner) };
}

/** The body of an answer can stand beside its members. */
function capturedIn({ captured_body: captured, ...output }: Values): Values {
  const Body = textIn(record(captured), 'base64');
  return Body === undefined ? output : { ...output, Body: { base64: Body } };
}

/** A body is its text or its base64: the recorded entity tag says which. */
function withBody(values: Values, answer: Values): Values {
  const { Body } = values;
  if (typeof Body !== 'string') return values;
  const decoded = Buffer.from(Body, 'base64');
  const isText =
    answer['ETag'] === `"${md5(Buffer.from(Body)).toString('hex')}"` || decoded.toString('base64') !== Body;
  return { ...values, Body: { base64: isText ? Buffer.from(Body).toString('base64') : Body } };
}

const partsOfCalls = new Set([
  ...['Sequence', 'Label', 'Source', 'Service', 'Region', 'Operation', 'Actor', 'Session', 'At', 'Reopen', 'Raw'],
  ...['Input', 'Body', 'Payload', 'Method', 'Target', 'RequestHost'],
  ...['Code', 'Status', 'Output', 'Bind', 'Absent', 'Headers', 'AbsentHeaders', 'ResponseHeaders', 'ErrorDetails'],
  ...['Plaintext', 'Digest', 'ResponseBody', 'ResponseFormat', 'ResponseDigest', 'BodyContains'],
  ...[
    'BindRequestID',
    'Notifications',
    'QuietQueues',
    'NativeCase',
    'RecordSource',
    'Record',
    'AbsentErrorDetails',
    'Presign',
  ],
]);

function readCalls(scenario: Values, content: Values, title: string): Recording {
  const calls = [scenario['Setup'] ?? [], scenario['Calls'] ?? []].flat().flatMap((call) => flattened(record(call)));
  const observations = calls.map((call) => readCall(call, record(content['Payloads'])));
  return { title, account: textIn(content, 'Account') ?? accountOfCalls, observations };
}

/** A call, and the calls that were sent after it. A request can stand below its call, or beside its expectations. */
function flattened(call: Values): readonly Values[] {
  const { After, SDK, ...rest } = call;
  const after = [After].flat().filter(isRecord).flatMap(flattened);
  return [isRecord(SDK) ? { ...rest, ...SDK } : rest, ...after];
}

function readCall(call: Values, payloads: Values): Observation {
  const inner = record(call['Raw']);
  const all: Values = { ...call, ...inner };
  const isRaw = typeof all['Method'] === 'string';
  const caller = readCaller(all, 'Service', 'Actor', 'Region');
  const status = Number(all['Status']);
  return {
    label: textIn(all, 'Label') ?? '',
    problem:
      all['Presign'] === true ? 'its signature is in its query' : findProblem(status, all['Code'], [all, partsOfCalls]),
    ...caller,
    operation: isRaw ? `${all['Method']} ${all['Target']}` : inJournal(textIn(all, 'Operation') ?? '', caller.service),
    input: isRaw ? plainInput(all, payloads) : { ...record(all['Input']), ...bodyIn(all, payloads) },
    status,
    code: readCode(all['Code']),
    ...answerIn(call, { ...texts(call['Bind']), ...texts(inner['Bind']) }),
    isWhole: false,
    absent: [all['Absent'] ?? [], all['AbsentErrorDetails'] ?? []].flat().filter((path) => typeof path === 'string'),
    at: readMoment(all['At']),
  };
}

/** The answer of a call, with the names of the ids that later calls need: `{ 'upload-1': 'UploadId', 'version-1': 'Header.x-amz-version-id' }`. */
function answerIn(call: Values, binds: Readonly<Record<string, string>>): Pick<Observation, 'output' | 'headers'> {
  const all: Values = { ...call, ...record(call['Raw']) };
  // Beside a method there are the headers of the request.
  const recorded = call['Method'] === undefined ? headersIn(call['Headers']) : {};
  const absent = [all['AbsentHeaders'] ?? []].flat().map((name) => [name, '']);
  let output: Values = {
    ...(Number(all['Status']) >= 300 ? record(all['ErrorDetails']) : outputIn(all)),
    ...readText(all),
  };
  const headers = { ...recorded, ...headersIn(all['ResponseHeaders']), ...headersIn(Object.fromEntries(absent)) };
  for (const [name, place] of Object.entries(binds)) {
    const [first, ...rest] = place.split('.');
    if (first === 'Header') headers[rest.join('.').toLowerCase()] = `\${${name}}`;
    else output = record(withText(output, place.split('.'), `\${${name}}`));
  }
  return { output, headers };
}

function withText(value: unknown, [first, ...rest]: readonly string[], text: string): unknown {
  if (first === undefined) return text;
  if (Array.isArray(value)) return value.map((one, index) => (`${index}` === first ? withText(one, rest, text) : one));
  return { ...record(value), [first]: withText(record(value)[first], rest, text) };
}

function plainInput(call: Values, payloads: Values): Values {
  const body = readPayload(call, payloads) ?? textIn(call, 'Body') ?? '';
  const digest = md5(Buffer.from(body)).toString('base64');
  const headers = Object.entries(texts(call['Headers'])).map(([name, value]) => [
    name,
    value === digest ? '$(bodyMD5)' : value,
  ]);
  return {
    headers: Object.fromEntries(headers),
    ...(body.length > 0 && { body: typeof body === 'string' ? body : { base64: body.toString('base64') } }),
    ...(call['RequestHost'] !== undefined && { host: call['RequestHost'] }),
  };
}

function bodyIn(call: Values, payloads: Values): Values {
  const base64 = readPayload(call, payloads)?.toString('base64') ?? textIn(call, 'Body');
  return base64 === undefined ? {} : { Body: { base64 } };
}

/** A payload consists of pieces, and each piece is repeated. A call contains the payload itself, or names a payload of its file. */
function readPayload({ Payload }: Values, payloads: Values): Buffer | undefined {
  const pieces = typeof Payload === 'string' ? payloads[Payload] : Payload;
  if (!Array.isArray(pieces)) return undefined;
  return Buffer.concat(
    pieces.map((piece) => {
      const { Base64, Repeat } = record(piece);
      const bytes = Buffer.from(String(Base64), 'base64');
      return Buffer.alloc(bytes.length * Number(Repeat ?? 1), bytes);
    }),
  );
}

function outputIn(call: Values): Values {
  const Body = textIn(call, 'Plaintext') ?? '';
  return { ...record(call['Output']), ...(Body !== '' && { Body: { base64: Body } }) };
}

function readText(call: Values): Values {
  const text = textIn(call, 'ResponseBody') ?? '';
  return text === '' || text.startsWith('<') ? {} : { Body: text };
}

function readCaller(call: Values, service: string, actor: string, region: string) {
  return {
    service: textIn(call, service) ?? 's3',
    actor: textIn(call, actor) ?? 'caller',
    region: textIn(call, region) ?? 'us-east-1',
  };
}

/** Clients have the status in place of the code of an answer that has no document. */
function readCode(code: unknown): string {
  const text = typeof code === 'string' ? code : '';
  return text === 'Success' || /^\d*$/.test(text) ? '' : text;
}

/** An empty header means that the answer does not contain the header. */
function headersIn(headers: unknown): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(texts(headers)).map(([name, value]) => [name.toLowerCase(), value === '' ? null : value]),
  );
}

function readMoment(value: unknown): string | undefined {
  const at = new Date(typeof value === 'number' || typeof value === 'string' ? value : Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** An unknown part may be a part of the request. */
function findProblem(
  status: number,
  code: unknown,
  ...parts: readonly (readonly [values: Values, known: ReadonlySet<string>])[]
): string | undefined {
  const strange = parts.flatMap(([values, known]) => Object.keys(values).filter((name) => !known.has(name)));
  if (strange.length > 0) return `it has the unknown part ${strange[0]}`;
  if (status > 0) return undefined;
  return code === 'CLIError' ? 'its client did not send it' : 'its status is not in the recording';
}

const record = (value: unknown): Values => (isRecord(value) ? value : {});

function textIn(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

const texts = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(record(value)).map(([name, text]) => [name, String(text)]));
