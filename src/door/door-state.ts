import { randomBytes } from 'node:crypto';
import type { DoorOptions } from '../capture/index';
import type { MockSnapshot } from '../mock/mock-members';
import type { AnyRule } from '../service/failures/rules';
import { DoorError } from './door-error';

const SNAPSHOTS = 100;

/** The call of the door that made a rule: sent again, it makes the same one. */
export interface MadeBy {
  /** The path of the route: `/rules` or `/outages`. */
  readonly path: string;
  readonly body: object;
}

/** A snapshot that the door keeps. */
export interface SnapshotRow {
  readonly id: string;
  /** The moment at which the snapshot was taken, by the mock's clock. */
  readonly at: Date;
}

export class DoorState {
  readonly deliverHosts: readonly string[];
  readonly #path: string;
  /** A random text for each process: by it, a client notices that another mock answers, and forgets what it knows. */
  readonly started = randomBytes(4).toString('hex');
  changes = 0;
  /** The last call since the reset that the door refused, with its message. */
  refused: string | undefined;
  /** The URLs to which the door delivers events, by the ARNs of their destinations. */
  readonly urls = new Map<string, string>();
  readonly made = new WeakMap<AnyRule, MadeBy>();
  readonly #ruleIds = new WeakMap<AnyRule, string>();
  #named = 0;
  readonly #snapshots = new Map<string, { readonly snapshot: MockSnapshot; readonly at: Date }>();
  #taken = 0;

  constructor({ deliverHosts, path }: Required<DoorOptions>) {
    this.deliverHosts = deliverHosts;
    this.#path = path;
  }

  get snapshots(): readonly SnapshotRow[] {
    return Array.from(this.#snapshots, ([id, { at }]) => ({ id, at }));
  }

  addSnapshot(snapshot: MockSnapshot, at: Date): SnapshotRow {
    this.#taken += 1;
    const id = `${this.started}-${this.#taken}`;
    this.#snapshots.set(id, { snapshot, at });
    const [oldest] = this.#snapshots.keys();
    if (this.#snapshots.size > SNAPSHOTS && oldest !== undefined) this.#snapshots.delete(oldest);
    return { id, at };
  }

  snapshot(id: string): MockSnapshot {
    const found = this.#snapshots.get(id);
    if (found !== undefined) return found.snapshot;
    const why = id.startsWith(`${this.started}-`)
      ? `The last ${SNAPSHOTS} are kept.`
      : `GET ${this.#path}/snapshots lists the snapshots of this mock.`;
    throw new DoorError(404, 'NO_SUCH_SNAPSHOT', `there is no snapshot '${id}'. ${why}`);
  }

  identify(rule: AnyRule): string {
    const known = this.#ruleIds.get(rule);
    if (known !== undefined) return known;
    this.#named += 1;
    const id = String(this.#named);
    this.#ruleIds.set(rule, id);
    return id;
  }
}
