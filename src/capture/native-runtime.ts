import { S3MockError } from '../s3-mock-error';
import type { HostClaims } from './hosts';

/** Runtimes whose fetch, and bun's node:https as well, connect without the functions of Node that a capture replaces. */
const nativeRuntimes = ['bun', 'deno'];

export function nativeRuntime(): string | undefined {
  return isWorkerd() ? 'workerd' : nativeRuntimes.find((name) => process.versions[name] !== undefined);
}

/** The runtime of Cloudflare's workers says that it is Node, and opens no port. */
function isWorkerd(): boolean {
  const { navigator } = globalThis as { readonly navigator?: { readonly userAgent?: unknown } };
  return navigator?.userAgent === 'Cloudflare-Workers';
}

/** Throws in such a runtime. `what` is the beginning of the message: the subject that would need captured connections, and its verb. */
export function refuseNativeRuntime(what: string): void {
  const runtime = nativeRuntime();
  if (runtime === undefined) return;
  const why = `${what}, but ${runtime} does not connect through the functions of Node that this replaces, so calls would reach the network.`;
  throw new S3MockError('CANNOT_CAPTURE', `${why} ${runtime === 'workerd' ? cureInWorkerd : cureIn(runtime)}`);
}

function cureIn(runtime: string): string {
  return (
    'Create the mock with mockS3({ hosts: { only: [] } }), which captures nothing, and let your clients call its port: ' +
    `await s3.listen({ env: true }) tells SDKs its address. docs/runners.md#${runtime} has an example.`
  );
}

const cureInWorkerd =
  'Create the mock in a file of globalSetup, where Node runs, with mockS3({ hosts: { only: [] } }) and await s3.listen(), ' +
  'and give its url to the tests by provide and inject of vitest. docs/runners.md#cloudflares-workers has an example.';

export function claimsNothing({ known, bases, expressions }: HostClaims): boolean {
  return !known && bases.length === 0 && expressions.length === 0;
}
