import { writeGiven } from '../text/values';
import type { RequestEntry } from './entry';
import { EntryList } from './entry-list';

/** Requests, oldest first, with the methods of an array that only read. */
export abstract class RequestList extends EntryList<RequestEntry> {
  /** @internal */
  override get label(): string {
    return 's3.requests';
  }

  /** The last request, of any operation. The last one of PutObject, whose `input` then has a type: `s3.requests.of('PutObject').at(-1)`. */
  last(): RequestEntry | undefined;
  last(...given: readonly unknown[]): RequestEntry | undefined {
    if (given.length > 0) {
      throw new TypeError(
        `s3.requests.last takes no argument; it was given ${given.map((one) => writeGiven(one)).join(', ')}. The last request of one operation: ` +
          "s3.requests.of('PutObject').at(-1).",
      );
    }
    return this.at(-1);
  }
}
