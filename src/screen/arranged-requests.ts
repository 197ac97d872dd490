import type { EntriesOfTest } from '../journal/earlier-calls';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Written } from '../journal/written-assertions';
import type { FailedTest, Witnesses } from '../mock/failed-test';
import { counted, grouped } from '../text/counts';
import { firstFound, groupBy } from '../text/lists';
import { writeKey } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { type ComparedTexts, listInOrder, readCompared } from './compared-texts';
import { countsCalls, isAssertion } from './errors';
import { isNumberOf, type LastHandleRead } from './handle-read';
import { readCounts } from './trials/expectation';

interface TestOfRequests extends Pick<FailedTest, 'errors'>, Pick<Witnesses, 'state' | 'arranged'> {
  readonly ofTest: EntriesOfTest;
  readonly written: Pick<Written, 'hasDecided' | 'holdsFor'>;
  /** Whether the test has last read its requests, so that it can have compared those. */
  readonly hasReadRequests: boolean;
  readonly ofRunner: readonly FailedError[];
  readonly ofHandle: LastHandleRead | undefined;
}

/** The requests that an assertion has counted, and those of them that beforeEach sent. */
interface Counted {
  readonly all: readonly RequestEntry[];
  readonly arranged: readonly RequestEntry[];
}

/** Says which of the requests that an assertion has counted beforeEach sent, if the assertion would hold without them. */
export function writeArranged(test: TestOfRequests): string | undefined {
  const { ofTest, arranged, ofRunner } = test;
  const { entries } = ofTest;
  if (arranged === 0 || arranged > entries.length) return undefined;
  const first = new Set(entries.slice(0, arranged));
  const divide = (all: readonly RequestEntry[]): Counted => ({ all, arranged: all.filter((one) => first.has(one)) });
  const found =
    findOfLibrary(test, divide(entries.filter(test.written.hasDecided))) ??
    firstFound(ofRunner.filter(isAssertion), (error) => findOfRunner(error, test, divide));
  return found === undefined || isRepeated(found) ? undefined : writeCounted(found);
}

/** Whether a test has sent what beforeEach had sent: it can ask whether its code does so again, such as a cache. */
function isRepeated({ all, arranged }: Counted): boolean {
  const ofHook = new Set(arranged);
  return all.some((own) => !ofHook.has(own) && arranged.some((one) => isSame(own, one)));
}

function isSame(own: RequestEntry, one: RequestEntry): boolean {
  const isOfPlace = (['operation', 'bucket', 'key', 'versionId'] as const).every((name) => own[name] === one[name]);
  return isOfPlace && Buffer.compare(own.body ?? none, one.body ?? none) === 0;
}

const none = Buffer.alloc(0);

/** What the matchers say that count requests. */
const ofTimes = /^Expected to receive [^\n]*? \d{1,6} times?, but \d{1,6} matching requests? came\./m;
const ofOthers = /^Expected (?:not to receive|to receive only) [^\n]*, but [\d,]+ (?:matching|other) requests? came\./m;
const ofNumber = /^Expected \w+ request \d+ to be one with [^\n]*, but it differs\./m;

function findOfLibrary(
  { ofTest, arranged: count, errors, written }: TestOfRequests,
  decided: Counted,
): Counted | undefined {
  const { all, arranged } = decided;
  if (arranged.length === 0 || !written.holdsFor(ofTest.entries.slice(count))) return undefined;
  const areAll = arranged.length === all.length;
  const isOfCount = ({ message }: FailedError) =>
    ofTimes.test(message) || (areAll && (ofOthers.test(message) || ofNumber.test(message)));
  return errors.some(isOfCount) ? decided : undefined;
}

/** A test counts the requests of the journal, or those of one operation, or lists what they are. */
function findOfRunner(
  error: FailedError,
  { ofTest: { entries }, state, ofHandle, hasReadRequests }: TestOfRequests,
  divide: (all: readonly RequestEntry[]) => Counted,
): Counted | undefined {
  const compared = readCompared(error);
  const [, received] = compared.numbers;
  if (!hasReadRequests || countsCalls(compared.printed)) return undefined;
  // A number that an answer or a handle has is likelier meant.
  if (received !== undefined && ofHandle !== undefined && isNumberOf(received, ofHandle, state.store)) return undefined;
  if (entries.some(({ output }) => received !== undefined && [...readCounts(output).values()].includes(received)))
    return undefined;
  const ofOperations = groupBy(entries, ({ operation }) => operation as string | undefined).values();
  return [entries, ...ofOperations].map(divide).find((some) => isCounted(compared, some) || isListed(compared, some));
}

function isCounted({ numbers: [expected, received] }: ComparedTexts, { all, arranged }: Counted): boolean {
  return arranged.length > 0 && received === all.length && expected === all.length - arranged.length;
}

/** Whether a test received the operations or the keys of all requests, and expected those of its own. */
function isListed(compared: ComparedTexts, { all, arranged }: Counted): boolean {
  if (arranged.length === 0 || arranged.length === all.length) return false;
  const [expected = [], received = []] = listInOrder(compared);
  const own = all.slice(arranged.length);
  return (['operation', 'key'] as const).some(
    (member) => areMembers(received, all, member) && areMembers(expected, own, member),
  );
}

function areMembers(texts: readonly string[], entries: readonly RequestEntry[], member: 'operation' | 'key'): boolean {
  return texts.length === entries.length && entries.every((entry, index) => entry[member] === texts[index]);
}

/** The most requests that a sentence names. */
const MOST_NAMED = 3;

function writeCounted({ all, arranged }: Counted): string {
  const [first] = arranged;
  const names = [...new Set(arranged.map(writeCall))];
  const others = names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED), 'others'] : names;
  const were = arranged.length === 1 ? 'was' : 'were';
  const which =
    arranged.length === all.length
      ? `The ${arranged.length === 1 ? 'request' : counted(arranged.length, 'request')}`
      : `${grouped(arranged.length)} of the ${counted(all.length, 'request')}`;
  return `${which} ${were} sent by beforeEach: ${others.join(', ')}. End that beforeEach with s3.requests.clear(), ${writeOtherCure(arranged, first)}.`;
}

/** What a handle writes is no request. */
function writeOtherCure(arranged: readonly RequestEntry[], first: RequestEntry | undefined): string {
  const { bucket = '', key = '' } = first ?? {};
  return arranged.every(({ operation }) => operation === 'PutObject')
    ? `or write there by a handle, which sends none: s3.bucket(${writeKey(bucket)}).put(${writeKey(key)}, …)`
    : 'or prepare the bucket by the options of mockS3 or by its handle, which send none';
}
