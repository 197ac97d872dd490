import net from 'node:net';
import path from 'node:path';
import { ownerOf } from './registry';
import { systemError } from './system-error';
import type { Target } from './target';

/**
 * Returns the error with which a connection fails that no capture answers; undefined if it may leave. `named` is the target by the name
 * that TLS gives, if it gives one.
 */
export type GuardErrorOf = (target: Target, named?: Target) => Error | undefined;

/** Whether a connection to this host stays on this machine. */
export function isLocal(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  const address = host.startsWith('::ffff:') ? host.slice('::ffff:'.length) : host;
  if (net.isIPv4(address)) return address.startsWith('127.') || address === '0.0.0.0';
  return host === '::1' || host === '::' || host === '0:0:0:0:0:0:0:1';
}

/**
 * The error of a connection that would leave this machine; undefined if another capture answers it, also by its name, or if it stays here.
 * The address decides that: a name alone does not make another machine this one.
 */
export function findGuardError(target: Target, named?: Target): Error | undefined {
  if (isLocal(target.host)) return undefined;
  const isAnswered = [target, named].some((one) => one !== undefined && ownerOf(one.host, one.port) !== undefined);
  if (isAnswered) return undefined;
  const isKnownByName = named !== undefined && net.isIP(target.host) !== 0 && !isLocal(named.host);
  const refused = isKnownByName ? named : target;
  return guardError(refused, `${refused.host} is not one of its hosts`, cureOf(refused));
}

/**
 * The error of a connection that the guard does not let out. Its code is not ENETUNREACH, since the AWS SDK retries that
 * one, and version 2 of the SDK replaces its message.
 */
export function guardError({ host, port }: Target, why: string, cure?: string): Error {
  const caller = findCaller();
  return systemError(
    'ERR_S3_MOCK_REFUSED',
    `connect ENETUNREACH ${host}:${port} - refused by the S3 mock: ${why}` +
      (caller === undefined ? '' : `; called from ${caller}`) +
      (cure === undefined ? '' : `. ${cure}`),
    { syscall: 'connect', address: host, port },
  );
}

/** The addresses at which EC2, ECS and EKS give the SDKs of a machine their credentials. */
const metadataAddresses = ['169.254.169.254', 'fd00:ec2::254', '169.254.170.2', '169.254.170.23', 'fd00:ec2::23'];
/** The services of AWS from which SDKs get credentials: STS, IAM Identity Center and `aws login`. */
const credentialService =
  /^(?:sts|oidc|portal\.sso|[a-z0-9-]+\.signin)\..*(?:amazonaws\.com|api\.aws|aws\.amazon\.com)(?:\.cn)?$/;

/** Says what its user can do about a refused connection. */
function cureOf({ host, port }: Target): string {
  const answer = 'Answer it with aws-sdk-client-mock, nock or msw, or leave out guard: true.';
  const isForKeys = metadataAddresses.includes(host) || credentialService.test(host);
  if (isForKeys)
    return `An SDK asks there for credentials: give the client some, such as s3.account.credentials. ${answer}`;
  if (/\.(?:amazonaws\.com|api\.aws)(?:\.cn)?$/.test(host)) return answer;
  const name = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return `${answer} If it is the endpoint of S3 for your code, name it: mockS3({ hosts: ['${name}'] }).`;
}

const ownRoot = path.dirname(__dirname) + path.sep;
const depth = 60;

/** Returns the innermost frame that is neither in this package nor in Node: the client library that connects, or the user's code. */
function findCaller(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const { stack = '' } = new Error('caller');
  Error.stackTraceLimit = limit;
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '));
  const outside = frames.find((line) => !line.includes(ownRoot) && !/[( ]node:|\(native\)|\(<anonymous>\)$/.test(line));
  return outside?.replace(/^\s*at /, '');
}
