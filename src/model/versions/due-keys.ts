import { DueTimes } from '../schedule/due-times';

/** When something is next due for each key of a bucket, by the text that it sorts by: for each cause by itself. */
export class DueKeys {
  /** By the rules of lifecycle. */
  readonly lifecycle: DueTimes;
  /** Because a restore goes on. */
  readonly restores: DueTimes;
  /** By the configurations of Intelligent-Tiering. */
  readonly tiers: DueTimes;

  constructor({ lifecycle, restores, tiers }: Partial<Pick<DueKeys, 'lifecycle' | 'restores' | 'tiers'>> = {}) {
    this.lifecycle = lifecycle ?? new DueTimes();
    this.restores = restores ?? new DueTimes();
    this.tiers = tiers ?? new DueTimes();
  }

  /** A copy; it shares all nodes until one of the two changes them. */
  copy(): DueKeys {
    const { lifecycle, restores, tiers } = this;
    return new DueKeys({ lifecycle: lifecycle.copy(), restores: restores.copy(), tiers: tiers.copy() });
  }

  /** Notes that the stack of a key changed. */
  touch(sortKey: string): void {
    this.lifecycle.touch(sortKey);
    this.restores.touch(sortKey);
    this.tiers.touch(sortKey);
  }
}
