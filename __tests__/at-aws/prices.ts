import { findOperationName, type UnsignedRequest } from '../../src/facts/wire-form';

/**
 * What requests cost at most: by their operation, and by the dearest class and tier that their case has named so far. What is not known
 * here counts as the dearest. The prices are dollars of the list for us-east-1, https://aws.amazon.com/s3/pricing/, written down on
 * 2026-11-25; a bill may differ.
 * @module
 */

interface ClassPrices {
  /** The price of a write or a listing; `read` is the price of a read. */
  readonly write: number;
  readonly read: number;
  /** The price of a GB for the shortest time that the class charges: a month, or 90 or 180 days. */
  readonly keep: number;
  /** The price of a GB that is read. */
  readonly fetch: number;
  /** The bytes that an object counts beside or in place of its own. */
  readonly leastBytes: number;
}

const kilobyte = 1024;
const gigabyte = 1024 ** 3;

/** A line has prices as AWS lists them: for 1,000 requests, for a GB in a month, and the months that are charged at least. */
function readPrices(write: number, read: number, month: number, months: number, fetch: number, least = 0): ClassPrices {
  return { write: write / 1000, read: read / 1000, keep: month * months, fetch, leastBytes: least * kilobyte };
}

const pricesOfClasses: ReadonlyMap<string, ClassPrices> = new Map([
  ['STANDARD', readPrices(0.005, 0.0004, 0.023, 1, 0)],
  ['REDUCED_REDUNDANCY', readPrices(0.005, 0.0004, 0.024, 1, 0)],
  // With the watch over an object for a month.
  ['INTELLIGENT_TIERING', readPrices(0.0075, 0.0004, 0.023, 1, 0)],
  ['STANDARD_IA', readPrices(0.01, 0.001, 0.0125, 1, 0.01, 128)],
  ['ONEZONE_IA', readPrices(0.01, 0.001, 0.01, 1, 0.01, 128)],
  ['GLACIER_IR', readPrices(0.02, 0.01, 0.004, 3, 0.03, 128)],
  ['GLACIER', readPrices(0.03, 0.0004, 0.0036, 3, 0.03, 40)],
  ['DEEP_ARCHIVE', readPrices(0.05, 0.0004, 0.00099, 6, 0.02, 40)],
]);

const standard = findPrices('STANDARD');

function findPrices(name: string): ClassPrices {
  return pricesOfClasses.get(name) ?? [...pricesOfClasses.values()].reduce(findDearest);
}

function findDearest(one: ClassPrices, other: ClassPrices): ClassPrices {
  return {
    write: Math.max(one.write, other.write),
    read: Math.max(one.read, other.read),
    keep: Math.max(one.keep, other.keep),
    fetch: Math.max(one.fetch, other.fetch),
    leastBytes: Math.max(one.leastBytes, other.leastBytes),
  };
}

/** The price of a request that restores. The class may be Deep Archive. */
const priceOfExpedited = 10 / 1000;
const pricesOfTiers: ReadonlyMap<string, number> = new Map([
  ['Expedited', priceOfExpedited],
  ['Standard', 0.1 / 1000],
  ['Bulk', 0.025 / 1000],
]);

/** The dearest request of all. */
const dearest = priceOfExpedited;

/** The price of one object of a lifecycle rule: its bucket is gone before the rule runs. */
const priceOfTransition = 0.05 / 1000;
const priceOfKmsRequest = 0.03 / 10_000;
/** The price of a GB that leaves AWS. */
const priceOfLeaving = 0.09;
/** An answer without objects has about a kilobyte, and so has an entry of a listing. */
const bytesOfEntry = kilobyte;

/** Adds up what the requests of a case cost, in the order in which they are sent. */
export class CaseCosts {
  #class = standard;
  #bytes = 0;
  #objects = 0;
  #usesKms = false;

  /** Returns the dollars of the next request. */
  add(request: Pick<UnsignedRequest, 'method' | 'path' | 'headers' | 'body'>): number {
    const operation = findOperationName(request);
    const isUpload = operation === 'PutObject' || operation === 'UploadPart';
    const text = `${writeHeaders(request)}\n${isUpload ? '' : Buffer.from(request.body).toString('latin1')}`;
    this.#learn(text);
    return (
      priceOfRequest(request.method, operation, text, this.#class) +
      (this.#usesKms ? priceOfKmsRequest : 0) +
      (isWrite(request.method) ? this.#keep(request) : 0) +
      this.#leave(request.method, operation)
    );
  }

  #learn(text: string): void {
    const classes = [...text.matchAll(/(?:x-amz-storage-class["\s]*[:=]?|<(?:\w+:)?StorageClass[^>]*>)\s*([\w-]*)/gi)];
    this.#class = classes.reduce((found, [, name = '']) => findDearest(found, findPrices(name)), this.#class);
    this.#usesKms ||= /aws:kms|aws:fsx/i.test(text);
  }

  /** A copy has the bytes of any object before it. */
  #keep({ headers, body }: Pick<UnsignedRequest, 'headers' | 'body'>): number {
    const isCopy = Object.keys(headers).some((name) => /^x-amz-(?:copy|rename)-source$/i.test(name));
    const bytes = body.length + (isCopy ? this.#bytes : 0);
    this.#bytes += bytes;
    this.#objects += 1;
    return ((bytes + this.#class.leastBytes) / gigabyte) * this.#class.keep;
  }

  #leave(method: string, operation: string | undefined): number {
    if (method === 'HEAD' || method === 'DELETE') return bytesOfEntry * (priceOfLeaving / gigabyte);
    const isObject = operation === undefined || /^(?:GetObject|SelectObjectContent)$/.test(operation);
    const entries = operation?.startsWith('List') ? this.#objects : 0;
    const bytes = bytesOfEntry * (1 + entries) + (isObject ? this.#bytes : 0);
    const fetched = operation === 'RestoreObject' || isObject ? this.#bytes : 0;
    return bytes * (priceOfLeaving / gigabyte) + fetched * (this.#class.fetch / gigabyte);
  }
}

function priceOfRequest(method: string, operation: string | undefined, text: string, prices: ClassPrices): number {
  if (operation === 'RestoreObject') return prices.write + priceOfRestore(text);
  if (method === 'DELETE') return 0;
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS')
    return operation?.startsWith('List') ? prices.write : prices.read;
  if (operation === undefined) return dearest;
  const isTransition = operation === 'PutBucketLifecycleConfiguration' && /Transition\b/.test(text);
  return prices.write + (isTransition ? priceOfTransition : 0);
}

/** A request without a tier uses the tier Standard. */
function priceOfRestore(text: string): number {
  if (/<(?:\w+:)?Type[\s>]/.test(text)) return dearest;
  const tiers = [...text.matchAll(/<(?:\w+:)?Tier(?:\s[^>]*)?>\s*([^<]*?)\s*</g)].map(([, tier = '']) => tier);
  const prices = (tiers.length === 0 ? ['Standard'] : tiers).map((tier) => pricesOfTiers.get(tier) ?? dearest);
  return prices.reduce((one, other) => Math.max(one, other));
}

const isWrite = (method: string): boolean => method === 'PUT' || method === 'POST';

function writeHeaders({ path, headers }: Pick<UnsignedRequest, 'path' | 'headers'>): string {
  return [path, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\n');
}
