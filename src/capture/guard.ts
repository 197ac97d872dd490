import net from 'node:net';
import { isBundled, isOwnFrame } from '../text/frames';
import { writeHostCure } from '../text/host-cures';
import type { OtherHost } from '../wire';
import { awsEndpoint, isHostOfAws, stsEndpoint } from './aws-hosts';
import { cosEndpoint } from './cos-hosts';
import { findOwner, isPassed } from './registry';
import { systemError } from './socket-state';
import { isLocal, type Target } from './target';

/**
 * The way of what is refused: which connections and requests must not leave, and the error that says why, and what a test can do.
 * @module
 */

/** Returns undefined if the connection can leave this machine. `named` is the target by the name that TLS gives, if it gives one. */
export type GuardErrorOf = (target: Target, named?: Target) => Error | undefined;

/** The address decides whether a connection stays here: a name alone does not make another machine this one. */
export function createGuard(isBucket: (name: string) => boolean, errorClass: ErrorConstructor): GuardErrorOf {
  return (target, named) => {
    const refused = findRefused(target, named);
    return (
      refused &&
      guardError(errorClass, refused, `${refused.host} is not one of its hosts`, suggestCure(refused, isBucket))
    );
  };
}

function findRefused(target: Target, named?: Target): Target | undefined {
  if (isLocal(target.host)) return undefined;
  const isLet = ({ host, port }: Target) => findOwner(host, port) !== undefined || isPassed(host, port);
  if ([target, named].some((one) => one !== undefined && isLet(one))) return undefined;
  const isKnownByName = named !== undefined && net.isIP(target.host) !== 0 && !isLocal(named.host);
  return isKnownByName ? named : target;
}

function suggestCure({ host, port }: Target, isBucket: (name: string) => boolean): string {
  const { kind, entry } = readOtherHost(host, port, isBucket);
  if (kind === 'ibm-cloud-service') return 'Answer it with nock or msw, or leave out guard: true.';
  const answer = 'Answer it with aws-sdk-client-mock, nock or msw, or leave out guard: true.';
  if (kind === 'sts')
    return `This is STS, which the mock answers unless you set sts: false or hosts: { only }. ${answer}`;
  if (kind === 's3-control')
    return `This is S3 Control, which the mock answers unless you set control: false or hosts: { only }. ${answer}`;
  if (kind === 'metadata' || kind === 'sign-in')
    return `An SDK looks for credentials there: give the client credentials, such as s3.account.credentials. ${answer}`;
  if (kind === 'aws-service')
    return `This is another AWS service, and the mock answers only S3, STS and S3 Control. ${answer}`;
  if (host === 'aws.amazon.com')
    return "S3 and STS redirect a GET of / without a signature to this site of AWS: sign the request, or follow no redirects, such as with { redirect: 'manual' }.";
  const isHostItself = entry === host || entry.startsWith(`${host}:`) || entry.startsWith('[');
  const name = isHostItself ? 'it' : entry;
  return `${answer} If ${name} is the S3 endpoint of your code, or its proxy, add it: mockS3({ hosts: ['${entry}'] }).`;
}

const metadataAddress = /^(?:169\.254\.169\.254|169\.254\.170\.23?|fd00:ec2::(?:23|254))$/;

/** The hosts of IAM Identity Center and of `aws login`. */
const signIn = /^(?:oidc|portal\.sso|[a-z0-9-]+\.signin)\./;

/** The hosts of customers' machines and load balancers, where a customer may run a store. */
const customers = /\.(?:compute(?:-1)?|elb)\./;

const ibmCloud = /\.cloud\.ibm\.com$/;

/** Describes a host that no mock answers. If the host begins with the name of a bucket of the mock, the suggested entry leaves it out. */
export function readOtherHost(host: string, port: number, isBucket: (name: string) => boolean): OtherHost {
  return { kind: kindOf(host), entry: suggestEntry(host, port, isBucket) };
}

function kindOf(host: string): OtherHost['kind'] {
  if (metadataAddress.test(host)) return 'metadata';
  // With `hosts: { only }` the hosts of S3 itself pass, and with `control: false` those of S3 Control.
  const known = awsEndpoint(host) ?? cosEndpoint(host);
  if (known) return known.service === 's3-control' ? 's3-control' : 'endpoint';
  if (isHostOfAws(host) && !customers.test(host)) {
    // With `sts: false` the hosts of STS pass as well.
    if (stsEndpoint(host)) return 'sts';
    return signIn.test(host) ? 'sign-in' : 'aws-service';
  }
  return ibmCloud.test(host) ? 'ibm-cloud-service' : 'endpoint';
}

function suggestEntry(host: string, port: number, isBucket: (name: string) => boolean): string {
  const name = host.includes(':') ? `[${host}]` : withoutBucket(host, isBucket);
  return port === 443 || port === 80 ? name : `${name}:${port}`;
}

/** The names of buckets can contain dots, so the longest name counts. */
function withoutBucket(host: string, isBucket: (name: string) => boolean): string {
  if (net.isIP(host) !== 0) return host;
  const labels = host.split('.');
  for (let count = labels.length - 1; count > 0; count -= 1) {
    if (isBucket(labels.slice(0, count).join('.'))) return labels.slice(count).join('.');
  }
  return host;
}

export function whyOtherService(host: string): string | undefined {
  const kind = kindOf(host);
  if (kind !== 'aws-service' && kind !== 'sign-in') return undefined;
  return 'it is another AWS service, and s3-versioning-mock answers only S3, STS and S3 Control';
}

/** The guard lets connections to this machine pass, but no request for S3: its endpoint can be set where the mock does not look. */
export function signedRequestError(
  errorClass: ErrorConstructor,
  target: Target,
  isBucket: (name: string) => boolean,
): Error {
  const { entry } = readOtherHost(target.host, target.port, isBucket);
  return guardError(errorClass, target, 'the request is signed for S3, and no mock answers it', writeHostCure([entry]));
}

/** Returns the guard for an address that the mock answers in part: requests to its other services are refused too. */
export function createSharedGuard(errorClass: ErrorConstructor): GuardErrorOf {
  return (target) =>
    isLocal(target.host)
      ? undefined
      : guardError(
          errorClass,
          target,
          'the request is for another service at the address of AWS_ENDPOINT_URL, and the mock answers only S3, STS and S3 Control there',
          'Answer it with aws-sdk-client-mock, or leave out guard: true.',
        );
}

/**
 * Makes the error of a refused connection. Its code is not ENETUNREACH: the AWS SDK would retry, and version 2 of the SDK replaces its
 * message.
 */
export function guardError(errorClass: ErrorConstructor, { host, port }: Target, why: string, cure?: string): Error {
  const caller = findCaller();
  return systemError(
    errorClass,
    'ERR_S3_MOCK_REFUSED',
    `connect ENETUNREACH ${host}:${port} - refused by the S3 mock: ${why}` +
      (caller === undefined ? '' : `; called from ${caller}`) +
      (cure === undefined ? '' : `. ${cure}`),
    { syscall: 'connect', address: host, port },
  );
}

/** The middleware of an SDK alone has dozens of frames. */
const depth = 200;

/**
 * The user's frame may be an async function that awaits the call. If there is no user's frame, the function finds the frame of the client
 * library that connects.
 */
function findCaller(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const { stack = '' } = new Error('caller');
  Error.stackTraceLimit = limit;
  const frames = stack.split('\n').filter((line) => line.startsWith('    at ') && /:\d+:\d+\)?$/.test(line));
  const outside = findFramesOfClient(frames).filter((line) => !isOwnFrame(line) && !isOfNode(line));
  const caller = outside.find((line) => !/[\\/]node_modules[\\/]/.test(line)) ?? outside[0];
  return caller?.replace(/^\s*at (?:async )?/, '');
}

/** Also what bun and deno show of themselves. */
const isOfNode = (line: string) => /[( ](?:node|native|ext):/.test(line);

/** In a bundle the frames above Node's are the library's, which nothing else tells from the test's. */
function findFramesOfClient(frames: readonly string[]): readonly string[] {
  if (!isBundled) return frames;
  const first = frames.findIndex(isOfNode);
  return first === -1 ? [] : frames.slice(first);
}
