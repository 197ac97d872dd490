import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { thisTestFile } from '../../src/border/this-test-file';
import { Lifetime } from '../../src/mock/lifetime';
import type { Store, StoreSnapshot } from '../../src/model/store';
import { putVersion } from '../../src/model/versions/writes';
import * as screens from '../../src/screen/index';
import { AccessScene, type CallerName, type SceneOptions } from './access-scene';
import { signedBy } from './documents';
import { plainContent } from './stacks';
import { send, type WireAnswer, type WireCall } from './wire-client';

export interface SceneMock {
  /** Its bucket has an object at each of the keys. */
  readonly play: (options: SceneOptions, keys: readonly string[]) => AccessScene;
  readonly scene: () => AccessScene;
  readonly ask: (name: CallerName, call: WireCall) => Promise<WireAnswer>;
  readonly why: () => string | undefined;
}

/** Each test of the file begins without a scene. */
export function sceneMock(): SceneMock {
  const lifetime = new Lifetime(
    { account: '111111111111', credentials: false },
    () => ({ file: '', place: '' }),
    thisTestFile,
    () => screens,
  );
  const { store, journal } = lifetime.state;
  const empty = store.snapshot();
  let scene: AccessScene | undefined;
  const played = () => {
    if (scene === undefined) throw new Error('play a scene first');
    return scene;
  };
  beforeAll(() => lifetime.start());
  beforeEach(() => {
    scene = undefined;
  });
  afterAll(() => lifetime.stop());
  return {
    play(options, keys) {
      scene = begin(store, empty, options, keys);
      return scene;
    },
    scene: played,
    ask: (name, call) => send({ ...call, headers: { ...call.headers, ...headersOf(played(), name) } }),
    why: () => journal.last()?.why,
  };
}

function begin(store: Store, empty: StoreSnapshot, options: SceneOptions, keys: readonly string[]): AccessScene {
  store.restore(empty);
  const scene = new AccessScene(options, store);
  const content = plainContent(store, Buffer.from('data'));
  for (const key of keys) putVersion(store, scene.bucket, { key, content, tags: [], lock: undefined });
  return scene;
}

function headersOf(scene: AccessScene, name: CallerName): WireCall['headers'] {
  const { account, user, session } = scene.caller(name);
  if (account === undefined) return { Authorization: undefined };
  if (session !== undefined)
    return { Authorization: signedBy(session), 'x-amz-security-token': session.credentials.sessionToken };
  return { Authorization: signedBy(user === undefined ? account : account.user(user)) };
}
