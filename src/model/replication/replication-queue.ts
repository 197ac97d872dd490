import { RevertibleMap } from '../revertible-map';
import { DueTimes } from '../schedule/due-times';
import type { Transactions } from '../transactions';
import type { ReplicationTask } from './replication-task';

/** The tasks of replication from a bucket, by their ids, in the order in which they were made. */
export class ReplicationQueue extends RevertibleMap<ReplicationTask> {
  #due = new DueTimes();

  /** A copy whose changes others note; changes of one do not show in the other. What it does follows from no request of a later test. */
  copy(transactions?: Transactions): ReplicationQueue {
    const copy = new ReplicationQueue(transactions);
    for (const [id, task] of this) copy.set(id, task.sender === undefined ? task : { ...task, sender: undefined });
    copy.#due = this.#due.copy();
    return copy;
  }

  /** When each task is next due, by its id. */
  get due(): DueTimes {
    return this.#due;
  }

  override set(id: string, task: ReplicationTask): this {
    this.#due.touch(id);
    return super.set(id, task);
  }

  override delete(id: string): boolean {
    this.#due.touch(id);
    return super.delete(id);
  }
}
