import { noRequest } from '../journal/assertions';
import type { RequestEntry } from '../journal/entry';
import { inLoops } from '../text/sentences';

export type Rewrite = (text: string) => string;

/** What an assertion on the state says, and asks behind it whether the code was called, if no request came before it. */
const asked = `${noRequest} If the code under test`;

/** The bucket of an assertion on its state. */
const ofBucket = /^Expected bucket '([^'\n]*)'/m;

export function asksForRequests(message: string): boolean {
  return message.includes(asked);
}

/** Whether an assertion can have missed a request. A poll, or a request to another bucket, does not show that the code came too late. */
export function canMiss(message: string, { method, bucket, operation }: RequestEntry): boolean {
  if (!asksForRequests(message)) return false;
  const asserted = ofBucket.exec(message)?.[1];
  const isWrite = method !== 'GET' && method !== 'HEAD';
  return asserted === undefined
    ? operation !== undefined && message.includes(operation)
    : isWrite && asserted === bucket;
}

/** Puts the call that came after all in the place of the questions. */
export function withLateCall(text: string, call: string): string {
  const begin = text.indexOf(asked);
  if (begin === -1) return text;
  const end = text.indexOf('\n', begin);
  const came = `No request had come yet: ${call} came when the assertion had failed. Await the call before it, in the test and ${inLoops}`;
  return `${text.slice(0, begin)}${came}${end === -1 ? '' : text.slice(end)}`;
}
