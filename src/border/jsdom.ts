import { timers } from '../core-modules';
import { listenToCircus, watchStart } from './circus';
import { printToStderr, watchTestFile } from './this-test-file';

// These come from the core module, so that the fake timers of a test do not stop the checks.
const { setInterval: every, clearInterval: forget } = timers;
const INTERVAL = 10;

const why =
  'the environment is jsdom, in which @aws-sdk/client-s3 does not load: begin the file with /** @jest-environment node */, or use jest-fixed-jsdom. ' +
  'docs/runners.md#jsdom has an example';

const ofClient = /@aws-sdk[\\/]|@smithy[\\/]/;
const ofLoading =
  /Must use import to load ES Module|Cannot use import statement|Unexpected token|(?:TextEncoder|TextDecoder|ReadableStream|fetch|Response) is not defined/;

/**
 * jest-environment-jsdom lacks what the AWS SDK v3 needs, and chooses its files for browsers. Other clients work there, so only a file or a test that fails
 * gets a line: a file that ends before its tests begin, and a test whose error comes from loading the SDK.
 */
export function watchJsdom(): void {
  const hasStarted = watchStart();
  if (hasStarted === undefined || !isPlainJsdom() || !isClientInstalled()) return;
  let hasWarned = false;
  const warn = () => {
    if (!hasWarned) printToStderr(why);
    hasWarned = true;
  };
  listenToCircus(({ name, test }) => {
    if (name === 'test_done' && test?.errors.some(isOfLoading)) warn();
  });
  // jest ends soon after a file that did not load, so this timer keeps the process until the file has ended or its tests begin.
  const fileIsOver = watchTestFile();
  const lookOut = every(() => {
    if (!hasStarted() && !fileIsOver()) return;
    forget(lookOut);
    if (!hasStarted()) warn();
  }, INTERVAL);
}

/** jest-fixed-jsdom and happy-dom have what the SDK needs. */
function isPlainJsdom(): boolean {
  const {
    navigator,
    TextEncoder,
  }: { readonly navigator?: { readonly userAgent?: string }; readonly TextEncoder?: unknown } = globalThis;
  return TextEncoder === undefined && navigator?.userAgent?.includes('jsdom') === true;
}

function isClientInstalled(): boolean {
  try {
    require.resolve('@aws-sdk/client-s3', { paths: [process.cwd()] });
    return true;
  } catch {
    return false;
  }
}

/** circus notes what a test threw, beside the place at which it began. */
function isOfLoading(noted: unknown): boolean {
  const [error]: readonly unknown[] = Array.isArray(noted) ? noted : [noted];
  const { stack, message } = Object(error) as { readonly stack?: unknown; readonly message?: unknown };
  const text = `${String(message)}\n${String(stack)}`;
  return ofClient.test(text) && ofLoading.test(text);
}
