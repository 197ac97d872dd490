import type { ToldResult, ToldTest } from '../mock/tried-suite';
import type { KindName } from './kinds';

/** What a pass gives each test that it tries. */
export interface Plan {
  readonly ways: Readonly<Record<string, PlannedWay>>;
}

/** A request as another run finds it: the n-th of its operation, bucket and key. What differs in each run is left out: of a key, first what follows its folder. */
export interface RequestAddress {
  readonly operation: string;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  readonly folder?: string | undefined;
  readonly nth: number;
}

export interface PlannedWay {
  readonly kind: KindName;
  /** Undefined if the way is of the whole test. */
  readonly request: RequestAddress | undefined;
}

/** A request of the body of a test. */
export interface RequestNote {
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  /** The line that sent it, if the stack has it. */
  readonly line: string | undefined;
  readonly isWrite: boolean;
  /** The kinds that can happen to it. */
  readonly kinds: readonly KindName[];
}

/** The current objects of a bucket by key, as texts. */
export type BucketPicture = Readonly<Record<string, string>>;
export type Picture = Readonly<Record<string, BucketPicture>>;

export type TestOfNote = Pick<ToldTest, 'file' | 'name' | 'group' | 'index'>;

/** A test that has left its body. */
export interface TestNote {
  readonly type: 'test';
  readonly test: TestOfNote;
  /** The number of the mock in its file. */
  readonly mock: number;
  readonly picture: Picture;
  readonly requests: readonly RequestNote[];
  /** The kinds that can happen to all of the test. */
  readonly kinds: readonly KindName[];
  /** Whether its mock keeps the state of the test before. */
  readonly isShared: boolean;
  /** Whether the request of the way came. */
  readonly isReached: boolean;
  /** Whether a request like it came once more. */
  readonly isRepeated: boolean;
  /** The code with which S3 refused the repetition of a request that it had applied. */
  readonly refusedAgain: string | undefined;
}

export interface ResultNote extends ToldResult {
  readonly type: 'result';
}

/** Requests that get no way, by the reason. */
export interface CountNote {
  readonly type: 'count';
  /** Nobody knows their test. */
  readonly unknown: number;
  /** They came from hooks, or from code that was imported. */
  readonly ofHooks: number;
  /** A rule of the test matched them. */
  readonly ruled: number;
  /** The worlds of `s3.fork` and `s3.explore`. */
  readonly worlds: number;
}

export type Note = TestNote | ResultNote | CountNote;

export function keyOf({ file, name, index }: Pick<TestOfNote, 'file' | 'name' | 'index'>): string {
  return JSON.stringify([file, name, index]);
}

/** Returns the part of a key up to its last slash. */
export function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}
