import { mockS3 } from '../faces/main';
import type { MockS3 } from '../mock/mock-s3';
import type { RecordedCall, RecordedCaller, RecordedCase } from './case';
import { type KeyPair, send } from './sender';
import type { RequestTarget, Scene, Stage } from './stage';
import type { ReceivedAnswer, UnsignedRequest } from './wire-form';

export const mockStage: Stage = {
  keepsTime: true,
  whyNot: () => undefined,
  begin: async ({ state, calls }: RecordedCase) =>
    new MockScene(mockS3({ now: '2026-09-20T12:00:00Z', verifySignatures: false, ...state }), calls),
};

class MockScene implements Scene {
  readonly names: Map<string, string>;
  readonly #keys = new Map<string, KeyPair | undefined>();

  constructor(
    private readonly s3: MockS3,
    readonly calls: readonly RecordedCall[],
  ) {
    this.names = new Map(accountNames(s3));
  }

  async advance(duration: Parameters<Scene['advance']>[0]): Promise<void> {
    this.s3.clock.advance(duration);
  }

  setClock(at: string): void {
    this.s3.clock.set(at);
  }

  send(
    request: UnsignedRequest,
    { service, host, secure = true, region: named, by }: RequestTarget,
  ): Promise<ReceivedAnswer> {
    const region = named ?? request.accessPoint?.region ?? 'us-east-1';
    const account = service === 's3-control' ? `${request.headers['x-amz-account-id']}.` : '';
    const label = request.accessPoint?.label ?? `${account}${service}`;
    const url = `${secure ? 'https' : 'http'}://${host ?? `${label}.${region}.amazonaws.com`}`;
    return send(request, { url, region, service, keys: this.#findKeys(by) });
  }

  why(): string | undefined {
    return this.s3.requests.last()?.why;
  }

  async end(): Promise<void> {
    await this.s3.stop();
  }

  /** A session is begun once. */
  #findKeys(by: RecordedCaller | undefined): KeyPair | undefined {
    const caller = JSON.stringify(by ?? '');
    if (!this.#keys.has(caller)) this.#keys.set(caller, makeKeys(this.s3, by));
    return this.#keys.get(caller);
  }
}

/**
 * `$(account)` and `$(owner)` are the id and the canonical id of the default account; `$(account:NAME)` and `$(owner:NAME)` are the ids of
 * another account.
 */
function accountNames(s3: MockS3): [string, string][] {
  return s3.accounts.flatMap((account) => {
    const suffix = account === s3.account ? '' : `:${account.name}`;
    return [
      [`account${suffix}`, account.id],
      [`owner${suffix}`, account.canonicalId],
    ] satisfies [string, string][];
  });
}

function makeKeys(s3: MockS3, by: RecordedCaller | undefined): KeyPair | undefined {
  if (by === 'anonymous') return undefined;
  if (by === undefined) return s3.account.credentials;
  const { caller, session } = typeof by === 'string' ? { caller: by, session: undefined } : by;
  const [first = '', second] = caller.includes(':') ? caller.split(':') : [undefined, caller];
  const other = s3.accounts.find(({ name }) => name === (first === '' ? caller : first));
  if (other !== undefined && caller === other.name) return other.credentials;
  const account = other ?? s3.account;
  const name = second ?? caller;
  if (name.startsWith('role/')) return account.role(name.slice('role/'.length)).session(session).credentials;
  return session === undefined ? account.user(name).credentials : account.user(name).session(session).credentials;
}
