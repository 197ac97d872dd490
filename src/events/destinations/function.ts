import type { LambdaContext } from '../handler-types';
import type { Destination } from './destination';

/** The parts of a context that end an invocation. */
type Ends = Pick<LambdaContext, 'done' | 'fail' | 'succeed'>;

/** The ids and times of an invocation. */
interface Invocation extends Ends {
  readonly requestId: string;
  /** Hexadecimal. */
  readonly streamId: string;
  /** Milliseconds since 1970, by the clock of the mock. */
  readonly time: number;
}

/** The longest time that a function may be given. */
const MAXIMUM = 15 * 60_000;

/**
 * The context of an invocation (F785). A function that consumes a queue, or is subscribed to a topic or to EventBridge, has the name of what it listens to,
 * since nothing else is known of it.
 */
export function lambdaContext(
  { partition, region, account, name, qualifier }: Destination,
  { requestId, streamId, time, ...ends }: Invocation,
): LambdaContext {
  const version = qualifier !== undefined && /^\d+$/.test(qualifier) ? qualifier : '$LATEST';
  const arn = `arn:${partition}:lambda:${region}:${account}:function:${name}`;
  // As in Lambda, by the time of the process: a test that fakes it decides how much is left.
  const deadline = Date.now() + MAXIMUM;
  return {
    ...ends,
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: version,
    memoryLimitInMB: '128',
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: `${new Date(time).toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${streamId}`,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: qualifier === undefined ? arn : `${arn}:${qualifier}`,
    awsRequestId: requestId,
    tenantId: undefined,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}
