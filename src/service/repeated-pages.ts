import { findNextPage, type NextPage, writeRepetition } from '../journal/next-pages';
import { S3Error } from '../refusals';

/** The number of times that S3 answers a page again. A loop that never asks for the next page would otherwise run on for ever. */
const ANSWERED = 1000;
/** The same after the end of a test, when nobody waits for the pages. */
const ANSWERED_LATE = 10;
/** The number of listings that are remembered. A test has few at a time. */
const REMEMBERED = 100;

interface Listing {
  readonly operation: string | undefined;
  readonly input: object;
}

interface Repetition {
  readonly page: NextPage;
  readonly count: number;
}

/** Finds loops that ask for one page of a listing again and again, since they do not send what leads to the next page. */
export class RepeatedPages {
  #present = new Map<string, Repetition>();
  #ofEndedTest = new Map<string, Repetition>();

  endTest(): void {
    this.#ofEndedTest = this.#present;
    this.#present = new Map();
  }

  refusalOf(listing: Listing, isLate: boolean): S3Error | undefined {
    const found = isListing(listing) ? this.#pages(isLate).get(nameOf(listing)) : undefined;
    if (found === undefined || found.count < (isLate ? ANSWERED_LATE : ANSWERED)) return undefined;
    const why = writeRepetition(found.count, listing.operation, found.page);
    return new S3Error('MockEndlessListing', { why }, why);
  }

  note(listing: Listing, output: object | undefined, isLate: boolean): void {
    if (!isListing(listing)) return;
    const pages = this.#pages(isLate);
    const name = nameOf(listing);
    const page = findNextPage(output);
    const before = pages.get(name);
    pages.delete(name);
    if (page === undefined) return;
    pages.set(name, { page, count: before?.page.place === page.place ? before.count + 1 : 1 });
    const [oldest] = pages.keys();
    if (pages.size > REMEMBERED && oldest !== undefined) pages.delete(oldest);
  }

  #pages(isLate: boolean): Map<string, Repetition> {
    return isLate ? this.#ofEndedTest : this.#present;
  }
}

/** Listings are named so in all services, and have no large input. */
function isListing({ operation }: Listing): boolean {
  return operation?.startsWith('List') === true;
}

function nameOf({ operation, input }: Listing): string {
  return `${operation}\n${JSON.stringify(input)}`;
}
