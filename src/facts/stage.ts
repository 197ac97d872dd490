import type { RecordedCall, RecordedCaller, RecordedCase } from './case';
import type { Names } from './compare';
import type { ReceivedAnswer, UnsignedRequest } from './wire-form';

export interface Stage {
  /** Whether moments in answers are the moments of the recording. Elsewhere they are of the day on which a case is played. */
  readonly keepsTime: boolean;
  whyNot(recordedCase: RecordedCase): string | undefined;
  begin(recordedCase: RecordedCase): Promise<Scene>;
}

export interface Scene {
  readonly calls: readonly RecordedCall[];
  /** What is known of the accounts: `account` and `owner` are the ids of the default one. */
  readonly names: Names;
  advance(duration: NonNullable<NonNullable<RecordedCall[5]>['after']>): Promise<void>;
  /** Sets the clock, if it is ours. */
  setClock(at: string): void;
  /** Throws `LeftOut` if a call must not be sent. */
  checkCall?(call: RecordedCall): void;
  /** Rejects with `LeftOut` if the request must not be sent. */
  send(request: UnsignedRequest, to: RequestTarget): Promise<ReceivedAnswer>;
  why?(): string | undefined;
  end(): Promise<void>;
}

export interface RequestTarget {
  readonly host?: string | undefined;
  readonly secure?: boolean | undefined;
  readonly service: 's3' | 's3-control' | 'sts';
  /** Default us-east-1. */
  readonly region?: string | undefined;
  readonly by: RecordedCaller | undefined;
}

/** A request that is not sent, and why. */
export class LeftOut extends Error {
  override readonly name = 'LeftOut';
}
