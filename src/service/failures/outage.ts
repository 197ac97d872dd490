import { cosRegionNames, regionNames } from '../../formats/regions';
import type { RequestEntry, ServiceName } from '../../journal/entry';
import { passingTroubles, type ReplicationFailure } from '../../model/replication/replication-reasons';
import { byRule, expecting, matching, readBy, shapeOf } from '../../shapes/given';
import { readOptions } from '../../shapes/given-reader';
import { wordsOf } from '../../shapes/values';
import { makeBinder } from '../../text/bound-methods';
import { closeClass } from '../../text/closed-members';
import { refuseFurtherArguments } from '../../text/extra-arguments';
import { invalidValue } from '../../text/invalid-value';
import { writeAlternatives } from '../../text/lists';
import { type Duration, readDuration, readMomentOrDuration } from '../../text/moments';
import { isRecord } from '../../text/value-kinds';
import { writeGiven } from '../../text/values';
import { habitsOfOutages } from './habits';
import {
  type AskedRequest,
  hiddenOfRules,
  type NeededPlace,
  RequestRule,
  type SteppedRuleOptions,
  writeLabel,
} from './stepped-rule';
import { type Failure, makeDelay } from './steps';

/** Which part of the services is out, how, and when. `{}` means everything, until the outage is ended. */
export interface OutageOptions {
  /**
   * A region. The outage affects requests to its endpoints, copies from its buckets, and replication from them and to them. A request to a
   * global endpoint belongs to the region of the bucket in its host, or else to us-east-1. A request to a port, or to a host of your own,
   * belongs to the region that it is signed for.
   */
  readonly region?: string | undefined;
  /** A bucket: the outage affects requests to it, copies from it, and replication from it and to it. */
  readonly bucket?: string | undefined;
  /**
   * An account, by id or name. The outage affects requests to its buckets, copies from them, replication from them and to them, and the
   * account's own requests that name no bucket.
   */
  readonly account?: string | { readonly id: string } | undefined;
  /** The service: `'s3'`, which includes IBM COS, `'sts'` or `'s3-control'`. Default: all. */
  readonly service?: ServiceName | undefined;
  /**
   * How clients see the outage. `'SlowDown'`, `'ServiceUnavailable'` and `'InternalError'` are the answers of S3; STS, which uses other
   * words, answers ServiceUnavailable, or InternalFailure to `'InternalError'`. `'refused'`, `'lost'` and `'timeout'` are the errors
   * ECONNREFUSED, ECONNRESET and ETIMEDOUT of the connection, which a client gets at once; a client in another process always gets a reset.
   * `{ delay }`, in milliseconds or as `{ seconds: 2 }`, answers later, in real time: use it for a client's own timeouts. Default
   * `'SlowDown'`.
   */
  readonly as?: OutageForm | undefined;
  /** When the outage begins, by the mock's clock: a moment, or a time from now such as `{ minutes: 5 }`. Default: at once. */
  readonly from?: Date | number | string | Duration | undefined;
  /** When the outage ends, in the same forms. Default: when you call `end()`. */
  readonly until?: Date | number | string | Duration | undefined;
}

/** What a request meets in an outage. */
export type OutageForm =
  | 'SlowDown'
  | 'ServiceUnavailable'
  | 'InternalError'
  | 'refused'
  | 'lost'
  | 'timeout'
  | { readonly delay: number | Duration };

/** An outage that a test made with `s3.outage`. */
export interface Outage {
  /** The number of requests that the outage has met since it was made, or since the last reset. */
  readonly used: number;
  /** The requests that it has met, oldest first, as far as the journal still contains them. */
  readonly requests: readonly RequestEntry[];
  /** Ends the outage. If a test ends an outage that was made outside of a test, the outage is back in the next test. */
  end(): void;
  /** The outage as it was written, and how many requests it met. Printing the outage shows the same text. */
  toString(): string;
}

export interface OutageRuleOptions extends SteppedRuleOptions {
  readonly now: () => number;
  readonly readAccountId: (call: string, given: unknown) => string;
}

type Scope = NeededPlace & Pick<OutageOptions, 'service'>;

/** The options as they were read when the outage was made. Times are milliseconds since 1970. */
interface Terms {
  readonly scope: Scope;
  readonly from: number;
  readonly until: number;
  readonly failure: Failure;
}

const nothingPassed = { elsewhere: new Set<string>(), isOfAnotherTime: false };
const mostPassed = 5;
const connectionErrors = { refused: 'refused', lost: 'reset', timeout: 'timed out' } as const;
const call = 's3.outage';

export class OutageRule extends RequestRule<'*', Failure> implements Outage {
  readonly #terms: Terms;
  readonly #now: () => number;
  /** The places of requests that it did not concern, and that it concerned at another time, as its options would name them. */
  #passed: { readonly elsewhere: ReadonlySet<string>; readonly isOfAnotherTime: boolean } = nothingPassed;

  static {
    const hidden = [
      ...hiddenOfRules,
      ...(['requestIds', 'remove', 'take', 'takeAttempt', 'whyUnmet', 'endless'] as const),
    ];
    closeClass(OutageRule.prototype, { label: writeLabel, cures: habitsOfOutages, hidden });
    refuseFurtherArguments(OutageRule.prototype, writeLabel, { end: [0, () => 'no argument'] });
  }

  static readonly #bindEnd = makeBinder(OutageRule.prototype, { ofHooks: ['end'], only: ['end'] });

  constructor(given: OutageOptions, options: OutageRuleOptions, terms = readTerms(given, options)) {
    super('*', given, options);
    this.#terms = terms;
    this.#now = options.now;
    OutageRule.#bindEnd(this);
    this.add(() => ({ failure: terms.failure, times: Number.POSITIVE_INFINITY, probability: 1 }));
  }

  /** Returns the outage as it stands, for other rules. */
  copy(options: OutageRuleOptions): OutageRule {
    const copy = new OutageRule(this.input as OutageOptions, options, this.#terms); // as the constructor got it
    copy.#passed = this.#passed;
    return copy.copyFrom(this);
  }

  override get isInForce(): boolean {
    return this.#isAt(this.#now());
  }

  override get label(): string {
    return call;
  }

  override get text(): string {
    return `outage(${isRecord(this.input) && Object.keys(this.input).length > 0 ? writeGiven(this.input) : ''})`;
  }

  end(): void {
    this.removeBy('end()');
  }

  take({ service, places }: AskedRequest): Failure | undefined {
    const step = this.present;
    if (step === undefined) return undefined;
    const needed = places();
    const isConcerned = this.#concerns(service, needed);
    if (!isConcerned || !this.isInForce) {
      if (!this.wasMet) this.#pass(service, needed, isConcerned);
      return undefined;
    }
    this.meet();
    this.count(step);
    const endless = this.#terms.until === Number.POSITIVE_INFINITY ? this.endless : undefined;
    return { ...translateFor(service, step.failure), cause: `s3.${this.text}`, endless };
  }

  get whyUnmet(): string | undefined {
    const { elsewhere, isOfAnotherTime } = this.#passed;
    if (isOfAnotherTime) return 'matching requests came, but before the outage began or after it was over';
    return elsewhere.size === 0 ? undefined : `the requests that came were of ${[...elsewhere].join(', ')}`;
  }

  #pass(service: ServiceName, [place]: readonly NeededPlace[], isConcerned: boolean): void {
    const { elsewhere, isOfAnotherTime } = this.#passed;
    const own = { service, ...place };
    const named = Object.entries(own).filter(([name]) => this.#terms.scope[name as keyof Scope] !== undefined);
    const text = writeGiven(Object.fromEntries(named));
    this.#passed = isConcerned
      ? { elsewhere, isOfAnotherTime: true }
      : { elsewhere: elsewhere.size < mostPassed ? new Set([...elsewhere, text]) : elsewhere, isOfAnotherTime };
  }

  override fixture(): () => void {
    const begin = super.fixture();
    return () => {
      begin();
      this.#passed = nothingPassed;
    };
  }

  override keep(): () => void {
    const again = super.keep();
    const passed = this.#passed;
    return () => {
      again();
      this.#passed = passed;
    };
  }

  /** Returns undefined if the outage does not concern it, or only delays answers. */
  takeAttempt(places: readonly NeededPlace[], at: number): ReplicationFailure | undefined {
    const failure = this.present?.failure;
    if (failure === undefined || failure.kind === 'delay' || !this.#isAt(at)) return undefined;
    if (!this.#concerns('s3', places)) return undefined;
    this.meet();
    const error = failure.kind === 'fail' ? failure.error : undefined;
    const reason = passingTroubles.find((code) => code === error) ?? 'ServiceUnavailable';
    return { reason, why: `on purpose, by s3.${this.text}` };
  }

  #isAt(moment: number): boolean {
    return moment >= this.#terms.from && moment < this.#terms.until;
  }

  #concerns(called: AskedRequest['service'], places: readonly NeededPlace[]): boolean {
    const { service, region, bucket, account } = this.#terms.scope;
    if (service !== undefined && service !== called) return false;
    return places.some(
      (place) =>
        (region === undefined || region === place.region) &&
        (bucket === undefined || bucket === place.bucket) &&
        (account === undefined || account === place.account),
    );
  }
}

const serviceNames: readonly ServiceName[] = ['s3', 'sts', 's3-control'];
const regions = [...regionNames, ...cosRegionNames];

const momentOrDuration = readBy((at, given: Date | number | string | Duration, { name, now }) =>
  readMomentOrDuration(given, now, `${at}: ${name}`),
);

const shape = shapeOf<OutageOptions>()({
  region: expecting(
    wordsOf<string>(regions),
    "a region of AWS, such as 'eu-west-1', or of IBM COS, such as 'us-south'",
  ),
  bucket: matching(/./s, 'the name of a bucket, or undefined for all'),
  account: byRule,
  service: expecting(wordsOf<ServiceName>(serviceNames), `${writeAlternatives(serviceNames)}, or undefined for all`),
  as: readBy(readForm),
  from: momentOrDuration,
  until: momentOrDuration,
});

function readTerms(given: OutageOptions, { now: readNow, readAccountId }: OutageRuleOptions): Terms {
  const now = readNow();
  const { region, bucket, service, ...read } = readOptions(shape.members, given, { at: call, now });
  const account = given.account === undefined ? undefined : readAccountId(call, given.account);
  const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, as = readForm(call, 'SlowDown') } = read;
  if (until <= Math.max(from, now))
    throw invalidValue(
      call,
      'until',
      given.until,
      `a moment after the outage begins, and after the present one of the mock, ${new Date(now).toISOString()}`,
    );
  return { scope: { region, bucket, account, service }, from, until, failure: as };
}

function readForm(at: string, as: OutageForm): Failure {
  const code = passingTroubles.find((one) => one === as);
  if (code !== undefined) return { kind: 'fail', error: code, retryAfter: undefined, status: undefined };
  if (isRecord(as) && Object.keys(as).join() === 'delay') return readDelayForm(as['delay'] as number | Duration); // readDelayForm throws for another value
  const found = Object.entries(connectionErrors).find(([word]) => word === as);
  if (found !== undefined) return { kind: 'disconnect', when: 'before', broken: found[1] };
  const forms = [...passingTroubles, ...Object.keys(connectionErrors)];
  throw invalidValue(at, 'as', as, `${forms.map((form) => `'${form}'`).join(', ')}, or { delay: 500 }`, forms);
}

function readDelayForm(delay: number | Duration): Failure {
  const milliseconds = typeof delay === 'number' ? delay : readDuration(delay, `${call}: as, delay`);
  return makeDelay(`${call}: as, delay`, milliseconds);
}

/** STS has codes of its own for the same trouble. */
function translateFor(service: AskedRequest['service'], failure: Failure): Failure {
  if (service !== 'sts' || failure.kind !== 'fail') return failure;
  return { ...failure, error: failure.error === 'InternalError' ? 'InternalFailure' : 'ServiceUnavailable' };
}
