import { createHmac } from 'node:crypto';
import https from 'node:https';
import { afterAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { mockS3 } from 's3-versioning-mock/jest';
import { runs } from '../support/runs';

const start = Date.UTC(2026, 0, 31, 10, 0, 5);
const callers = ['root', 'user', 'stranger', 'anonymous'] as const;

type Mfa =
  | { readonly is: 'missing' | 'handed out' | 'of no device' | 'malformed' }
  | { readonly is: 'of a step'; readonly offset: number };

interface Put {
  readonly do: 'put';
  readonly Status: 'Enabled' | 'Suspended' | undefined;
  readonly MfaDelete: 'Enabled' | 'Disabled' | undefined;
  readonly mfa: Mfa;
  readonly caller: (typeof callers)[number];
  readonly temporary: boolean;
}

type Step = Put | { readonly do: 'wait'; readonly seconds: number };

const mfas: fc.Arbitrary<Mfa> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ is: fc.constant('missing' as const) }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('handed out' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ is: fc.constant('of a step' as const), offset: fc.integer({ min: -2, max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('of no device' as const, 'malformed' as const) }) },
);

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      Status: fc.constantFrom('Enabled' as const, 'Suspended' as const, 'Enabled' as const, undefined),
      MfaDelete: fc.constantFrom('Enabled' as const, 'Disabled' as const, undefined),
      mfa: mfas,
      caller: fc.constantFrom('root' as const, 'root' as const, 'root' as const, ...callers),
      temporary: fc.constantFrom(false, false, false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 70 }) }) },
);

/** S3's rules of bucket versioning again, as simply as possible. The expected answer to a request is a line of text. */
class Naive {
  status: string | undefined;
  mfaDelete: string | undefined;
  seconds = Math.floor(start / 1000);
  readonly #returned = new Map<string, number>();
  readonly #spent = new Set<string>();

  constructor(
    readonly serial: string,
    readonly codeOf: (step: number) => string,
  ) {}

  get step(): number {
    return Math.floor(this.seconds / 30);
  }

  isNew(header: string): boolean {
    const [serial, code = ''] = header.split(' ');
    const isNew = serial === this.serial && !this.#returned.has(code) && !this.#spent.has(code);
    this.#returned.set(code, this.seconds);
    return isNew;
  }

  put({ Status, MfaDelete, caller, temporary }: Put, header: string | undefined): string {
    if (caller === 'stranger' || caller === 'anonymous') return '403 AccessDenied: Access Denied';
    if (!Status) return '400 IllegalVersioningConfigurationException: The Versioning element must be specified';
    if (this.mfaDelete === 'Enabled' || MfaDelete === 'Enabled') {
      const refusal = this.#mfa(header, caller, temporary);
      if (refusal) return refusal;
    }
    this.status = Status;
    if (MfaDelete) this.mfaDelete = MfaDelete;
    return '200';
  }

  #mfa(header: string | undefined, caller: string, temporary: boolean): string | undefined {
    if (header === undefined) return '403 AccessDenied: Mfa Authentication must be used for this request';
    if (temporary) return '400 InvalidRequest: DevPay and Mfa are mutually exclusive authorization methods.';
    if (header.split(' ').length !== 2) {
      return '400 InvalidArgument: Mfa header is invalid -- the header should be formatted as {serialNumber}(space){tokenCode}';
    }
    if (caller !== 'root') return '403 AccessDenied: This operation may only be performed by the bucket owner';
    const [serial, code = ''] = header.split(' ');
    if (serial !== this.serial) {
      return `400 NotDeviceOwnerError: The device with serial number ${serial} that generated token ${code} is not owned by the authenticated user`;
    }
    if (this.#spent.has(code) || !this.#isValid(code)) {
      return '400 TokenCodeInvalidError: The serial number and/or token code you provided is not valid.';
    }
    this.#spent.add(code);
    return undefined;
  }

  #isValid(code: string): boolean {
    const returned = this.#returned.get(code);
    if (returned !== undefined) return this.seconds < returned + 90;
    return [-1, 0, 1].some((offset) => this.codeOf(this.step + offset) === code);
  }

  get document(): string {
    const inner = `${this.status ? `<Status>${this.status}</Status>` : ''}${this.mfaDelete ? `<MfaDelete>${this.mfaDelete}</MfaDelete>` : ''}`;
    const root = 'VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
    return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${inner === '' ? '/>' : `>${inner}</VersioningConfiguration>`}`;
  }
}

/** TOTP by RFC 6238, for a secret in base32. */
function codesOf(secret: string): (step: number) => string {
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  const known = new Map<number, string>();
  return (step) => {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const hash = createHmac('sha1', key).update(counter).digest();
    const code =
      known.get(step) ?? String((hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
    known.set(step, code);
    return code;
  };
}

const agent = new https.Agent({ keepAlive: true });

function ask(
  method: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<{ told: string; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = { ...headers, 'Content-Length': body.length };
    const request = https.request(
      { method, host: 'vault.s3.amazonaws.com', path: '/?versioning', headers: sent, agent },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => {
          const [, code, message] = /<Code>(.*)<\/Code><Message>(.*?)<\/Message>/.exec(text) ?? [];
          resolve({ told: code ? `${response.statusCode} ${code}: ${message}` : String(response.statusCode), text });
        });
      },
    );
    request.on('error', reject).end(body);
  });
}

describe('any history of PUT ?versioning', () => {
  const s3 = mockS3({ now: start, buckets: { vault: {} }, journal: { limit: 100 } });
  let keys: Readonly<Record<(typeof callers)[number], Readonly<Record<string, string>>>>;

  afterAll(() => agent.destroy());

  function begin(): Naive {
    s3.reset();
    const signed = (accessKeyId: string) => ({ Authorization: `AWS ${accessKeyId}:c2ln` });
    keys = {
      root: signed(s3.account.credentials.accessKeyId),
      user: signed(s3.account.user('deploy').credentials.accessKeyId),
      stranger: signed(s3.createAccount('stranger').credentials.accessKeyId),
      anonymous: {},
    };
    return new Naive(s3.mfa.serial, codesOf(s3.mfa.secret));
  }

  function headerOf(mfa: Mfa, naive: Naive): string | undefined {
    if (mfa.is === 'missing') return undefined;
    if (mfa.is === 'of a step') return `${naive.serial} ${naive.codeOf(naive.step + mfa.offset)}`;
    if (mfa.is === 'of no device') return `GAHT12345678 ${naive.codeOf(naive.step)}`;
    if (mfa.is === 'malformed') return naive.codeOf(naive.step);
    const header = s3.mfa.header();
    expect(naive.isNew(header)).toBe(true);
    return header;
  }

  it('ends as a naive model predicts, answer by answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 14 }), async (history) => {
        const naive = begin();
        for (const step of history) {
          if (step.do === 'wait') {
            s3.clock.advance({ seconds: step.seconds });
            naive.seconds += step.seconds;
            continue;
          }
          const mfa = headerOf(step.mfa, naive);
          const elements = [
            step.Status && `<Status>${step.Status}</Status>`,
            step.MfaDelete && `<MfaDelete>${step.MfaDelete}</MfaDelete>`,
          ];
          const body = `<VersioningConfiguration>${elements.filter(Boolean).join('')}</VersioningConfiguration>`;
          const headers = {
            ...keys[step.caller],
            ...(mfa !== undefined && { 'x-amz-mfa': mfa }),
            ...(step.temporary && { 'x-amz-security-token': 'FwoGZXIvYXdzEXAMPLE' }),
          };
          const expected = naive.put(step, mfa);
          expect((await ask('PUT', headers, body)).told).toBe(expected);
          const vault = s3.bucket('vault');
          expect({ versioning: vault.versioning, mfaDelete: vault.mfaDelete }).toEqual({
            versioning: naive.status,
            mfaDelete: naive.mfaDelete,
          });
        }
        expect((await ask('GET', keys.root)).text).toBe(naive.document);
      }),
      runs(300),
    );
  });
});
