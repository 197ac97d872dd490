import type { URL } from 'node:url';
import { byRule } from '../../shapes/given';
import { invalidValue } from '../../text/invalid-value';
import { makeMistake } from '../../text/mistakes';
import type { Duration } from '../../text/moments';
import { parseUrl } from '../../text/parsed-url';
import { isLoopback } from '../admission';
import { callFunction } from '../function-url';
import { type Route, route } from '../route';

/** The function to which the door delivers the events of a destination. */
interface Delivery {
  /** The URL to which each event is posted as JSON, as the function would get it. The JSON that it answers is the answer of the function. */
  readonly url: string;
  /** The role of the function, by name or ARN: Lambda has to be able to assume it. */
  readonly role?: string;
  /** The time limit of a call, at most 15 minutes; `{ seconds: 3 }` if left out, as with Lambda. */
  readonly timeout?: Duration;
}

/** The time limit that Lambda gives a function by default (F1581). */
const TIMEOUT: Duration = { seconds: 3 };

export const deliveryRoutes: readonly Route[] = [
  route<Delivery>({
    method: 'PUT',
    path: '/deliver/{arn}',
    call: 's3.deliverTo(arn, ...)',
    summary:
      'Posts the events of a function, a queue, a topic or eventbridge to a URL of this machine. An answer other than 2xx, or none in time, is an error of the function.',
    takesBody: { url: byRule, role: byRule, timeout: byRule },
    handle: ({ name, mock, state, path: { arn = '' }, body, onCut }) => {
      const url = readUrl(name, body.url, state.deliverHosts);
      const handler = (event: object) => callFunction(url, event, onCut);
      const { role, timeout = TIMEOUT } = body;
      mock.deliverTo(arn, { handler, timeout, ...(role !== undefined && { role }) });
      state.urls.set(arn, body.url);
    },
  }),
  route({
    method: 'POST',
    path: '/events/settled',
    call: 's3.events.settled()',
    summary: 'Answers when all events are delivered; with an error if a function failed.',
    handle: ({ mock }) => mock.events.settled(),
  }),
];

function readUrl(call: string, given: unknown, allowed: readonly string[]): URL {
  const url = typeof given === 'string' ? parseUrl(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw invalidValue(call, 'url', given, 'a URL of http or https, such as "http://127.0.0.1:8000/thumbnail"');
  const name = url.hostname.replace(/\.$/, '');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const isAllowed = [name, `${name}:${port}`].some((host) => allowed.includes(host));
  if (isAllowed || url.hostname === 'localhost' || isLoopback(url.hostname)) return url;
  throw makeMistake(
    `${call}: url leads to ${url.host}, but the door delivers events only to this machine. The option door: { deliverHosts: ['${url.hostname}'] } of listen(), --deliver-host ${url.hostname} on the command line, allows it.`,
  );
}
