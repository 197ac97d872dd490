import { isDeepStrictEqual } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type MockS3, mockS3 } from 's3-versioning-mock/jest';
import { type Answer, type Call, tell } from '../support/history-calls';
import { HistoryClient } from '../support/history-client';
import { callOf, key, mainKeys, type Step, steps, type Unfinished } from '../support/history-steps';
import { NaiveBucket } from '../support/naive-bucket';
import type { runs } from '../support/runs';

const start = Date.UTC(2026, 2, 31, 7, 35, 5);
const states = { plain: undefined, vault: 'Enabled', paused: 'Suspended' } as const;

let s3: MockS3;
let client: S3Client;
let calls = 0;

class Twins {
  readonly #naive: NaiveBucket;
  readonly #real: HistoryClient;
  readonly #unfinished: Unfinished = new Map();
  readonly #told: string[] = [];

  constructor(bucket: keyof typeof states) {
    s3.reset();
    this.#naive = new NaiveBucket(bucket, states[bucket], start);
    this.#real = new HistoryClient(client, bucket);
  }

  begin(keys: readonly string[]): void {
    for (const key of keys) {
      this.#naive.answer({ do: 'put', key, body: 'begun' });
      this.#real.learn(s3.bucket(this.#naive.name).put(key, 'begun').versionId, 'begun');
      this.#told.push(`begun with ${key}`);
    }
  }

  async play(step: Step): Promise<void> {
    // Each step has its own second.
    s3.clock.advance({ seconds: 1 });
    this.#naive.now += 1000;
    const call = callOf(step, this.#naive, this.#unfinished);
    if (call) await this.compare(call);
  }

  async compare(call: Call): Promise<Answer> {
    calls += 1;
    const expected = present(this.#naive.answer(call), call.do === 'head');
    const actual = present(await this.#real.answer(call), false);
    this.#told.push(`${tell(call)} -> ${JSON.stringify(expected)}`);
    if (!isDeepStrictEqual(actual, expected))
      throw new Error(`The history up to here:\n${this.#told.join('\n')}\nbut was answered ${JSON.stringify(actual)}`);
    this.#notePage(call, expected);
    return expected;
  }

  #notePage(call: Call, { IsTruncated, ...page }: Answer): void {
    if (!('prefix' in call)) return;
    this.#unfinished.delete(call.do);
    if (IsTruncated !== true) return;
    const { prefix, delimiter, size } = call;
    const end = endOf(page);
    this.#unfinished.set(call.do, { prefix, delimiter, size, ...end });
  }

  async page(verb: 'list versions' | 'list objects v2', size: number, delimiter: string): Promise<void> {
    const first = { prefix: '', delimiter, size, after: '' };
    let call: Call | undefined =
      verb === 'list versions' ? { do: verb, ...first } : { do: verb, resumed: false, ...first };
    while (call) {
      await this.compare(call);
      call = callOf({ do: 'next page', of: verb }, this.#naive, this.#unfinished);
    }
  }
}

function endOf(page: Answer): { readonly after: string; readonly afterVersion?: string | undefined } {
  const {
    NextKeyMarker,
    NextVersionIdMarker,
    Contents = [],
    CommonPrefixes = [],
  } = page as {
    readonly NextKeyMarker?: string;
    readonly NextVersionIdMarker?: string;
    readonly Contents?: readonly { readonly Key: string }[];
    readonly CommonPrefixes?: readonly string[];
  }; // the answer to a listing
  if (NextKeyMarker !== undefined) return { after: NextKeyMarker, afterVersion: NextVersionIdMarker };
  const ends = [...Contents.map(({ Key }) => Key), ...CommonPrefixes];
  return { after: ends.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))).at(-1) ?? '' };
}

function present(answer: Answer, bare: boolean): Answer {
  const headers = /^(?:status|allow|last-modified|x-amz-.*)$/;
  const told = Object.entries(answer).filter(([name]) => !bare || answer['status'] === undefined || headers.test(name));
  return JSON.parse(JSON.stringify(Object.fromEntries(told)));
}

/** The many of `verify` are parted among test files, so that workers share them. */
export function playHistories(parameters: ReturnType<typeof runs>, ofSteps = steps, maxLength = 14): void {
  const mock = mockS3({
    now: start,
    sseC: 'allowed',
    buckets: { plain: {}, vault: { versioning: 'Enabled' }, paused: { versioning: 'Suspended' } },
    journal: { limit: 100 },
  });

  // Several files of a sandbox share these.
  beforeAll(() => {
    s3 = mock;
    client = new S3Client({ maxAttempts: 1 });
  });

  afterAll(() => client.destroy());

  it('is answered as a naive reference predicts, call by call, and ends in the same listing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(states) as (keyof typeof states)[])), // its own keys
        fc.array(key, { maxLength: 8, size: 'max' }),
        fc.array(ofSteps, { minLength: 1, maxLength, size: 'max' }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('', '/'),
        async (bucket, begun, history, size, delimiter) => {
          const twins = new Twins(bucket);
          twins.begin(begun);
          for (const step of history) await twins.play(step);
          for (const key of mainKeys) await twins.compare({ do: 'head', key, version: 'null' });
          await twins.page('list versions', size, '');
          await twins.page('list objects v2', size, delimiter);
        },
      ),
      { ...parameters, includeErrorInReport: true },
    );
    expect(calls).toBeGreaterThan(parameters.numRuns * 5);
  }, 600_000);
}
