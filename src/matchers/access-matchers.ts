import type { Permission } from '../preset/permission';
import { writeGiven, writeSubject } from '../text/values';
import type { MatcherResult } from './subjects';

interface CallerLike {
  may(action: unknown, resource: unknown, conditions: unknown): Permission;
}

export function toAllow(handle: unknown, action: unknown, resource: unknown, conditions?: unknown): MatcherResult {
  const { allowed, by } = callerOf(handle, 'toAllow').may(action, resource, conditions);
  const message = () =>
    `Expected ${nameOf(handle)} ${allowed ? 'not ' : ''}to be allowed ${String(action)} on ${String(resource)}, but it is ${allowed ? 'allowed' : 'denied'}:\n${by}`;
  return { pass: allowed, message };
}

export function toDeny(handle: unknown, action: unknown, resource: unknown, conditions?: unknown): MatcherResult {
  const { allowed, by } = callerOf(handle, 'toDeny').may(action, resource, conditions);
  const message = () =>
    `Expected ${nameOf(handle)} ${allowed ? '' : 'not '}to be denied ${String(action)} on ${String(resource)}, but it is ${allowed ? 'allowed' : 'denied'}:\n${by}`;
  return { pass: !allowed, message };
}

function callerOf(given: unknown, matcher: string): CallerLike {
  if (isObject(given) && 'may' in given && typeof given.may === 'function') return given as CallerLike; // its members say so
  throw new TypeError(
    `${matcher} takes a user, a role, a session or an account: expect(s3.account.user('writer')).${matcher}('s3:PutObject', 'vault/report.pdf'). It was given ${writeSubject(given)}.`,
  );
}

function nameOf(handle: unknown): string {
  if (!isObject(handle)) return writeGiven(handle);
  if ('arn' in handle) return String(handle.arn);
  return 'name' in handle ? `account ${writeGiven(handle.name)}` : writeGiven(handle);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
