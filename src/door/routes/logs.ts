import type { EventEntry } from '../../events/entry';
import { writeTextOrBase64 } from '../../formats/byte-outline';
import type { RequestEntry } from '../../journal/entry';
import type { ServiceAction } from '../../model/schedule/service-action';
import { byRule } from '../../shapes/given';
import { invalidValue } from '../../text/invalid-value';
import { makeMistake } from '../../text/mistakes';
import { DoorError } from '../door-error';
import { parseJson, trueOrFalse, wholeNumber } from '../given';
import { type DoorCall, type Route, route } from '../route';
import { openStream, type Stream } from '../stream';

/** A request as the door shows it. */
interface RequestRow extends Omit<RequestEntry<undefined>, LargePart | 'input' | 'operation'> {
  /** The number of the request. No other request gets it. */
  readonly id: number;
  /** The name of the operation, as in the AWS SDK; left out if S3 has no operation of this form. */
  readonly operation?: string | undefined;
  /** The request under the names of AWS's SDKs. */
  readonly input: object;
}

type LargePart = 'body' | 'headers' | 'output';

/** A request with everything that the journal contains about it. */
interface WholeRequest extends RequestRow {
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text, or as `{ base64 }` if it is not text. */
  readonly body?: string | { readonly base64: string };
  readonly output?: object;
}

/** Something that S3 did by itself, with its number. */
interface ServiceActionRow extends ServiceAction {
  readonly id: number;
}

/** An event with its number. */
interface EventRow extends Omit<EventEntry, 'cause' | 'record'> {
  readonly id: number;
}

/** Requests by their numbers. */
interface ChosenRequests {
  /**
   * The numbers, in the order in which their lines are written. Requests that the journal dropped are left out. Default: all requests that
   * the journal has.
   */
  readonly requests?: readonly number[] | undefined;
}

/** Lines of a test. */
interface Code {
  readonly code: string;
}

/** A part of a log. */
interface Page {
  /** The number of the newest entry, for the next call's `since`; 0 if none ever came. */
  readonly last: number;
  /** How many entries since then the journal no longer contains. */
  readonly dropped: number;
}

const paging = {
  since: 'The number of the last entry that is known; only later ones are answered.',
  until: 'The number of the first entry that is known; only earlier ones are answered.',
  limit: 'The most entries to answer: the latest of them. Default 1000.',
};

function explain({ mock, state: { refused }, query: { message } }: DoorCall<undefined>): string {
  if (refused !== undefined && mock.requests.length === 0)
    return `No request of S3 came. The door refused a call before: ${refused}`;
  return mock.requests.explain(
    message === undefined ? undefined : Object.assign(new Error(message), { name: 'AssertionError' }),
  );
}

export const logRoutes: readonly Route[] = [
  route<undefined, Page & { readonly requests: readonly RequestRow[] }>({
    method: 'GET',
    path: '/requests',
    call: 's3.requests.of(operation, input, ...)',
    summary:
      'The requests that came, oldest first. With `Accept: text/event-stream`, each new request follows as it comes.',
    query: {
      operation: 'The operation, such as PutObject.',
      input: 'Members of its input, as JSON: {"Bucket":"vault"}.',
      bucket: 'The bucket that they name.',
      key: 'The key that they name.',
      applied: 'true: those that S3 applied; false: the others.',
      status: 'The status of the answer.',
      code: 'The code of the error.',
      ...paging,
    },
    stream: (call) => openStream(requestLog(call)),
    handle: (call) => {
      const { rows, ...page } = cutPage(call, requestLog(call));
      return { requests: rows, ...page };
    },
  }),
  route<undefined, WholeRequest>({
    method: 'GET',
    path: '/requests/{id}',
    call: 's3.requests.at(id)',
    summary: 'One request, with its headers, its body and the output of its answer.',
    handle: (call) => {
      const { id = '' } = call.path;
      const requests = call.mock.requests.feed;
      const entry = requests.at(Number(id) - requests.before - 1);
      if (/^\d+$/.test(id) && Number(id) > requests.before && entry !== undefined)
        return wholeRequest(call, entry, Number(id));
      throw makeNoSuchRequest(id);
    },
  }),
  route({
    method: 'DELETE',
    path: '/requests',
    call: 's3.requests.clear()',
    summary: 'Removes all requests, and what S3 did by itself, from the journal. The state stays.',
    handle: ({ mock }) => mock.requests.clear(),
  }),
  route<ChosenRequests, Code>({
    method: 'POST',
    path: '/assertions',
    summary:
      'Writes requests as the assertions of a test in JavaScript, which hold on this mock: those that S3 refused with their codes. Secrets, and what SDKs add, are left out.',
    takesBody: { requests: byRule },
    handle: (call) => ({ code: call.writeAssertions(chooseEntries(call)) }),
  }),
  route<undefined, { readonly explanation: string }>({
    method: 'GET',
    path: '/explanation',
    call: 's3.requests.explain(message)',
    summary:
      'Explains a failed test: what S3 refused and why, what else decides, and what S3 would have answered. With `Accept: text/plain`, the answer is the text alone.',
    query: { message: 'The text of the failure, from which the explanation says what to compare instead.' },
    plainText: explain,
    handle: (call) => ({ explanation: explain(call) }),
  }),
  route<undefined, Page & { readonly serviceActions: readonly ServiceActionRow[] }>({
    method: 'GET',
    path: '/service-actions',
    call: 's3.requests.serviceActions',
    summary: 'What S3 did by itself, for rules of lifecycle and replication or for restores, oldest first.',
    query: paging,
    stream: (call) => openStream(actionLog(call)),
    handle: (call) => {
      const { rows, ...page } = cutPage(call, actionLog(call));
      return { serviceActions: rows, ...page };
    },
  }),
  route<undefined, Page & { readonly events: readonly EventRow[] }>({
    method: 'GET',
    path: '/events',
    call: 's3.events.of(name, ...)',
    summary: 'The events that S3 sent because of the notification configurations of buckets, oldest first.',
    query: {
      name: 'The name of the event, such as ObjectCreated:Put; ObjectCreated:* is a family.',
      bucket: 'The bucket.',
      key: 'The key, not encoded.',
      destination: 'The ARN of the destination, or eventbridge.',
      ...paging,
    },
    stream: (call) => openStream(eventLog(call)),
    handle: (call) => {
      const { rows, ...page } = cutPage(call, eventLog(call));
      return { events: rows, ...page };
    },
  }),
];

function requestLog(call: DoorCall<undefined>): Stream<RequestEntry, RequestRow> {
  return { feed: call.mock.requests.feed, event: 'request', accepts: requestFilter(call), write: requestRow(call) };
}

function actionLog({ mock }: DoorCall<undefined>): Stream<ServiceAction, ServiceActionRow> {
  const write = (action: ServiceAction, id: number) => ({ id, ...action });
  return { feed: mock.requests.actions.feed, event: 'serviceAction', accepts: () => true, write };
}

function eventLog({ name: call, mock, query }: DoorCall<undefined>): Stream<EventEntry, EventRow> {
  const { name, bucket, key, destination } = query;
  const members = Object.entries({ bucket, key, destination }).filter(([, value]) => value !== undefined);
  const accepts = mock.events.makeFilter(call, name, Object.fromEntries(members));
  const write = (event: EventEntry, id: number) => {
    const { cause: _, record: __, ...rest } = event;
    return { id, ...rest };
  };
  return { feed: mock.events.feed, event: 'event', accepts, write };
}

function cutPage<Item, Row extends object>(
  { name, query: { since, until, limit } }: DoorCall<undefined>,
  { feed, accepts, write }: Stream<Item, Row>,
): Page & { readonly rows: readonly Row[] } {
  const known = since === undefined ? feed.before - feed.dropped : wholeNumber(name, 'since', since);
  const most = limit === undefined ? 1000 : wholeNumber(name, 'limit', limit);
  const last = feed.before + feed.length;
  const rows: Row[] = [];
  const newest = until === undefined ? last : Math.min(last, wholeNumber(name, 'until', until) - 1);
  for (let id = newest; id > Math.max(known, feed.before) && rows.length < most; id -= 1) {
    const item = feed.at(id - feed.before - 1);
    if (item !== undefined && accepts(item)) rows.push(write(item, id));
  }
  return { rows: rows.reverse(), last, dropped: Math.max(0, feed.before - known) };
}

function requestFilter({ mock, name, query }: DoorCall<undefined>): (entry: RequestEntry) => boolean {
  const { operation, input, bucket, key, applied, status, code } = query;
  if (operation === undefined && input !== undefined)
    throw makeMistake(`${name}: input needs an operation, such as operation=PutObject.`);
  return mock.requests.makeFilter(name, {
    operation,
    bucket,
    key,
    code,
    input: input === undefined ? undefined : parseJson(`${name}: input`, input),
    applied: applied === undefined ? undefined : trueOrFalse(name, 'applied', applied),
    status: status === undefined ? undefined : wholeNumber(name, 'status', status),
  });
}

function* chooseEntries({ name, mock, body: { requests } }: DoorCall<ChosenRequests>): Generator<RequestEntry> {
  const { feed } = mock.requests;
  if (requests === undefined) return yield* mock.requests;
  if (!Array.isArray(requests) || !requests.every(Number.isInteger))
    throw invalidValue(name, 'requests', requests, 'a list of the numbers that GET /requests answers');
  for (const id of requests) {
    if (id > feed.before + feed.length || id < 1) throw makeNoSuchRequest(id);
    const entry = id > feed.before ? feed.at(id - feed.before - 1) : undefined;
    if (entry !== undefined) yield entry;
  }
}

function makeNoSuchRequest(id: string | number): DoorError {
  return new DoorError(404, 'NO_SUCH_REQUEST', `there is no request ${id}: it never came, or the journal dropped it.`);
}

function requestRow({ mock, surface }: DoorCall<undefined>): (entry: RequestEntry, id: number) => RequestRow {
  return (entry, id) => {
    const { body: _, headers: __, output: ___, ...rest } = entry;
    return { ...rest, id, ...mock.requests.tell(entry, surface) };
  };
}

function wholeRequest(call: DoorCall<undefined>, entry: RequestEntry, id: number): WholeRequest {
  const { headers, body, output } = entry;
  return {
    ...requestRow(call)(entry, id),
    headers,
    ...(body !== undefined && { body: writeTextOrBase64(body) }),
    ...(output !== undefined && { output }),
  };
}
