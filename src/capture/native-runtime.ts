import { S3MockError } from '../s3-mock-error';

/** Runtimes with parts of Node whose sockets cannot be made in memory. */
const runtimesWithPorts = ['bun', 'deno'];

export function nativeRuntime(): string | undefined {
  return isWorkerd() ? 'workerd' : runtimesWithPorts.find((name) => process.versions[name] !== undefined);
}

/** Whether a capture leads connections to a port of this process. */
export function capturesByPort(): boolean {
  return runtimesWithPorts.includes(nativeRuntime() ?? '');
}

/** The runtime of Cloudflare's workers says that it is Node, and opens no port. */
function isWorkerd(): boolean {
  const { navigator } = globalThis as { readonly navigator?: { readonly userAgent?: unknown } };
  return navigator?.userAgent === 'Cloudflare-Workers';
}

/** Throws in workerd. `what` is the beginning of the message: the subject that would need captured connections, and its verb. */
export function refuseWorkerd(what: string): void {
  if (!isWorkerd()) return;
  throw new S3MockError(
    'CANNOT_CAPTURE',
    `${what}, but workerd does not connect through the functions of Node that this replaces, so calls would reach the network. ` +
      'Create the mock in a file of globalSetup, where Node runs, with mockS3({ hosts: { only: [] } }) and await s3.listen(), ' +
      'and give its url to the tests by provide and inject of vitest. docs/runners.md#cloudflares-workers has an example.',
  );
}
