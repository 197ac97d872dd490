import type { Permission } from '../preset/permission';
import { makeMistake } from '../text/mistakes';
import { writeGiven, writeSubject } from '../text/values';
import { hasMembers, type MatcherResult } from './subjects';

interface Caller {
  may(action: unknown, resource: unknown, conditions: unknown): Permission;
}

export function toAllow(handle: unknown, action: unknown, resource: unknown, conditions?: unknown): MatcherResult {
  return judge('toAllow', handle, { action, resource, conditions });
}

export function toDeny(handle: unknown, action: unknown, resource: unknown, conditions?: unknown): MatcherResult {
  return judge('toDeny', handle, { action, resource, conditions });
}

interface Asked {
  readonly action: unknown;
  readonly resource: unknown;
  readonly conditions: unknown;
}

function judge(matcher: 'toAllow' | 'toDeny', handle: unknown, { action, resource, conditions }: Asked): MatcherResult {
  const { allowed, by } = readCaller(handle, matcher).may(action, resource, conditions);
  const pass = allowed === (matcher === 'toAllow');
  const message = () =>
    `Expected ${writeName(handle)} ${pass ? 'not ' : ''}to be ${matcher === 'toAllow' ? 'allowed' : 'denied'} ${String(action)} on ${String(resource)}, but it is ${allowed ? 'allowed' : 'denied'}:\n${by}`;
  return { pass, message };
}

function readCaller(given: unknown, matcher: string): Caller {
  if (hasMembers(given, 'may') && typeof given.may === 'function') return given as Caller; // its members say so
  throw makeMistake(
    `${matcher} takes a user, a role, a session or an account: expect(s3.account.user('writer')).${matcher}('s3:PutObject', 'vault/report.pdf'). It was given ${writeSubject(given)}.`,
  );
}

function writeName(handle: unknown): string {
  if (hasMembers(handle, 'arn')) return String(handle.arn);
  return hasMembers(handle, 'name') ? `account ${writeGiven(handle.name)}` : writeGiven(handle);
}
