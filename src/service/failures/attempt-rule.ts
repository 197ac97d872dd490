import { fits } from '../../journal/input-matching';
import {
  failureReasons,
  passingTroubles,
  type ReplicationFailure,
  replicationReasons,
} from '../../model/replication/replication-reasons';
import { replicatedParts } from '../../model/replication/replication-task';
import { checkExpectedKinds, checkIsSet } from '../../shapes/expected-values';
import { shapeOf } from '../../shapes/given';
import { checkMemberNames } from '../../shapes/known-names';
import { namesOf } from '../../shapes/member-names';
import { text, wordsOf } from '../../shapes/values';
import { type Call, Code, call } from '../../text/calls';
import { closeClass } from '../../text/closed-members';
import { refuseFurtherArguments } from '../../text/extra-arguments';
import { invalidValue } from '../../text/invalid-value';
import { writeAlternatives } from '../../text/lists';
import { checkOptionNames } from '../../text/member-names';
import { makeMistake } from '../../text/mistakes';
import { checkPlainValues } from '../../text/plain-values';
import { clause, type Said, say } from '../../text/reason';
import { isRecord } from '../../text/value-kinds';
import { habitsOfAttempts } from './habits';
import {
  type ReplicationAttempt,
  type ReplicationFailOptions,
  type ReplicationFailureReason,
  type ReplicationFailureRule,
  replicateObject,
} from './replication-failure-rule';
import { hiddenOfRules, SteppedRule, type SteppedRuleOptions, writeLabel } from './stepped-rule';
import { type Failure, readFail } from './steps';
import { askGiven } from './thrown-by-test';

const label = `on('${replicateObject}')`;

type AttemptFailure = Failure & { readonly kind: 'fail'; readonly error: ReplicationFailureReason };

export interface AttemptRuleOptions extends SteppedRuleOptions {
  /** Makes the attempts that requests caused. They are otherwise made only when the mock is next used. */
  readonly settle: () => void;
}

export class AttemptRule extends SteppedRule<typeof replicateObject, AttemptFailure> implements ReplicationFailureRule {
  readonly #settle: () => void;

  static {
    const ofRequests = ['failEntries', 'delay', 'disconnect', 'corrupt', 'stall', 'reply'] as const;
    closeClass(AttemptRule.prototype, {
      label: writeLabel,
      cures: habitsOfAttempts,
      hidden: [...hiddenOfRules, ...ofRequests, 'take'],
    });
    refuseFurtherArguments(AttemptRule.prototype, writeLabel, {
      fail: [2, () => 'a reason and options, such as { times: 1 }'],
    });
  }

  constructor(expected: unknown, options: AttemptRuleOptions) {
    super(replicateObject, expected, options);
    this.#settle = options.settle;
  }

  /** Returns the rule as it stands, for other rules. */
  copy(options: AttemptRuleOptions): AttemptRule {
    return new AttemptRule(this.input, options).copyFrom(this);
  }

  get noun(): 'attempt' {
    return 'attempt';
  }

  fail(given: ReplicationFailureReason, options: ReplicationFailOptions = {}): this {
    return this.add(() => {
      const error = readReason(given);
      checkOptions(options);
      const step = readFail(error, options);
      this.#settle();
      return step;
    });
  }

  override get used(): number {
    this.#settle();
    return super.used;
  }

  override remove(): void {
    this.#settle();
    super.remove();
  }

  override toString(): string {
    this.#settle();
    return super.toString();
  }

  failEntries(): never {
    throw stepOfRequests('failEntries', '; an attempt copies one version, which the input of the rule chooses');
  }

  delay(): never {
    throw stepOfRequests(
      'delay',
      clause`; ${replicationDelay} says when S3 copies, and ${failOnce('SlowDown')} makes it try again a minute later`,
    );
  }

  disconnect(): never {
    throw stepOfRequests('disconnect', clause`; ${failOnce('InternalError')} makes S3 try again a minute later`);
  }

  corrupt(): never {
    throw stepOfRequests('corrupt', '; S3 checks the bytes that it copies');
  }

  stall(): never {
    throw stepOfRequests('stall', clause`; ${replicationDelay} says when S3 copies`);
  }

  reply(): never {
    throw stepOfRequests('reply', '; nobody gets an answer to an attempt of S3');
  }

  take(attempt: ReplicationAttempt): ReplicationFailure | undefined {
    if (this.input !== undefined && !askGiven(this.label, () => fits(this.input, attempt))) return undefined;
    this.meet();
    const step = this.present;
    if (step === undefined || !this.strikes(step)) return undefined;
    this.count(step);
    return { reason: step.failure.error, why: `on purpose, by s3.${this.text}` };
  }
}

const { members } = shapeOf<ReplicationAttempt>()({
  Bucket: text,
  Key: text,
  VersionId: text,
  DestinationBucket: text,
  RuleId: text,
  Part: wordsOf<ReplicationAttempt['Part']>(replicatedParts),
});

export function checkAttempt(expected: unknown): void {
  const where = `s3.${label}: an attempt`;
  checkMemberNames(where, namesOf(members), expected);
  checkPlainValues(where, expected);
  checkIsSet(where, expected, () => true);
  checkExpectedKinds(where, { kind: 'structure', members }, expected);
  if (!isRecord(expected)) return;
  const { Part: part, DestinationBucket: destination } = expected;
  if (typeof part === 'string' && !replicatedParts.some((one) => one === part))
    throw invalidValue(label, 'Part', part, writeAlternatives(replicatedParts), replicatedParts);
  if (typeof destination === 'string' && /^(?:arn|crn):/.test(destination)) {
    const name = destination.slice(destination.lastIndexOf(':') + 1);
    throw invalidValue(label, 'DestinationBucket', destination, `the name of a bucket: '${name}'`);
  }
}

function readReason(given: unknown): ReplicationFailureReason {
  const reason = failureReasons.find((one) => one === given);
  if (reason !== undefined) return reason;
  const expected = `${passingTroubles.join(', ')}, after which S3 tries again, or one of S3's reasons: ${replicationReasons.join(', ')}`;
  throw invalidValue(`${label}.fail`, 'reason', given, expected, failureReasons);
}

function checkOptions(options: object): void {
  if (isRecord(options)) {
    const ofAnswers = ['status', 'retryAfter'].find((name) => options[name] !== undefined);
    if (ofAnswers !== undefined)
      throw invalidValue(
        `${label}.fail`,
        ofAnswers,
        options[ofAnswers],
        'undefined: nobody gets an answer to an attempt of S3',
      );
  }
  checkOptionNames(`${label}.fail`, options, ['times', 'probability']);
}

const replicationDelay = call('mockS3(...)', { '...': { replicationDelay: new Code('…') } });

function failOnce(error: string): Call {
  return call('fail(fail, ...)', { fail: error, '...': { times: 1 } });
}

function stepOfRequests(step: string, why: Said): TypeError {
  const fail = call('fail(fail, ...)', { fail: 'SlowDown' });
  return makeMistake(
    say`${label}: ${step} is a step for requests${why}.${clause` The step for replication is ${fail}.`}`,
  );
}
