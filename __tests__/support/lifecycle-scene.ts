import { readAllBytes } from '../../src/formats/sparse-body';
import type { LifecycleConfiguration, LifecycleRule } from '../../src/model/lifecycle/rules';
import type { Lock } from '../../src/model/object-lock';
import type { ServiceAction } from '../../src/model/schedule/service-action';
import { settle } from '../../src/model/schedule/settle';
import type { Tag } from '../../src/model/tagging';
import type { VersioningStatus } from '../../src/model/versioning';
import { deleteKey, putVersion } from '../../src/model/versions/writes';
import { makeStacks, plainContent } from './stacks';

/** The properties of a version beside its name, which is its body. */
interface VersionSettings {
  readonly size?: number;
  readonly tags?: readonly Tag[];
  readonly lock?: Lock;
  readonly storageClass?: string;
}

export interface LifecycleScene extends ReturnType<typeof makeScene> {}

export function makeScene(versioning: VersioningStatus | undefined) {
  const { store, bucket, setVersioning } = makeStacks(versioning);
  const actions: ServiceAction[] = [];
  const settleScene = () => actions.push(...settle(store));
  const at = (moment: string) => {
    store.clock.set(momentOf(moment));
    settleScene();
  };
  at('15 10:30');
  const put = (name: string, { size, tags = [], lock, storageClass }: VersionSettings = {}, key = 'a'): void => {
    const body = Buffer.from(size === undefined ? name : name.padEnd(size));
    putVersion(store, bucket, { key, content: plainContent(store, body, storageClass), tags, lock });
  };
  /** Returns a key's stack, newest first: each version by its name, or `marker`, with `(null)` if that is its id. */
  const history = (key = 'a') =>
    [...bucket.versions.of(key)].map(
      ({ content, explicitId }) =>
        `${content ? Buffer.from(readAllBytes(content.body)).toString().trim() : 'marker'}${explicitId === 'null' ? ' (null)' : ''}`,
    );
  return {
    store,
    bucket,
    actions,
    setVersioning,
    /** Sets the clock: `'19'` or `'19 10:30'` is in January 2026. Actions that are due by then are done. */
    at,
    rules(
      rules: readonly Partial<LifecycleRule>[],
      minimum?: LifecycleConfiguration['TransitionDefaultMinimumObjectSize'] | 'cos',
    ) {
      const lifecycle: LifecycleConfiguration = {
        Rules: rules.map((rule, index) => ({ ID: `rule ${index + 1}`, Status: 'Enabled', Filter: {}, ...rule })),
        TransitionDefaultMinimumObjectSize: minimum === 'cos' ? undefined : (minimum ?? 'all_storage_classes_128K'),
      };
      bucket.change({ lifecycle });
    },
    put,
    delete(key = 'a') {
      deleteKey(store, bucket, key);
    },
    /** Sets versioning by its words, deletes the key by `delete`, and writes a version by any other name. */
    play(...steps: readonly string[]) {
      for (const step of steps) {
        if (step === 'Enabled' || step === 'Suspended') setVersioning(step);
        else if (step === 'delete') deleteKey(store, bucket, 'a');
        else put(step);
      }
    },
    history,
    historyAt: (...moments: readonly string[]) =>
      moments.map((moment) => {
        at(moment);
        return history();
      }),
    classes: (key = 'a') => [...bucket.versions.of(key)].map(({ content }) => content?.storageClass),
    /** Returns the actions, each as `19 expire a by rule 1`. */
    done: () =>
      actions.map(({ at: time, action, key, rule }) => `${dayOf(time.getTime())} ${action} ${key} by ${rule}`),
  };
}

/** Returns `'19 10:30'` in milliseconds. */
export function momentOf(moment: string): number {
  const [day = '', time = '00:00'] = moment.split(' ');
  const [hours, minutes] = time.split(':');
  return Date.UTC(2026, 0, Number(day), Number(hours), Number(minutes));
}

function dayOf(time: number): string {
  const days = (time - momentOf('1')) / 86_400_000 + 1;
  return String(days);
}

type Rule = Partial<LifecycleRule>;

export const inDays = (Days: number): Rule => ({ Expiration: { Days } });

export const cleanUp: Rule = { Expiration: { ExpiredObjectDeleteMarker: true } };

export const noncurrent = (NoncurrentDays: number, NewerNoncurrentVersions?: number): Rule => ({
  NoncurrentVersionExpiration: {
    NoncurrentDays,
    ...(NewerNoncurrentVersions !== undefined && { NewerNoncurrentVersions }),
  },
});

export const archived = (NoncurrentDays: number, NewerNoncurrentVersions?: number): Rule => ({
  NoncurrentVersionTransitions: [
    {
      NoncurrentDays,
      StorageClass: 'GLACIER',
      ...(NewerNoncurrentVersions !== undefined && { NewerNoncurrentVersions }),
    },
  ],
});

/** The smallest size of objects that change their storage class. */
export const big = { size: 128 * 1024 };
