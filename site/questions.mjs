// Questions that the search of a built site has to answer: each with the pages that are right, one of which is among the first three results.
// Where another page was above the right one for long, that has to be the first.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { searching } from './search.mjs';

export const questions = [
  // codes of refusals
  ['MalformedXML', 'mistakes/versioning', 'mistakes/events', 'guides/lifecycle', 'guides/cos'],
  ['NoSuchVersion', 'mistakes/objects-and-versions', 'reference/refusals'],
  ['NoSuchKey', 'mistakes/objects-and-versions', 'guides/restore'],
  ['InvalidBucketState', 'guides/protecting-versions', 'guides/mfa-delete'],
  ['BucketNotEmpty', 'guides/purge'],
  ['PermanentRedirect', 'mistakes/regions-and-endpoints'],
  ['TokenCodeInvalidError', 'guides/mfa-delete'],
  ['S3MockNotImplemented', 'reference/operations'],
  ['SlowDown', 'guides/failures'],
  ['ECONNREFUSED', 'guides/from-localstack-or-minio', 'mistakes/regions-and-endpoints'],
  // headers
  ['x-amz-mfa', 'guides/mfa-delete', 'reference/refusals'],
  ['x-amz-replication-status', 'guides/replication'],
  ['x-amz-bypass-governance-retention', 'guides/object-lock', 'mistakes/locks'],
  // calls, options and members of the library
  ['toHaveVersioning', 'reference/matchers'],
  ['toHaveUsage', 'reference/matchers'],
  ['s3.mfa.header', 'guides/mfa-delete', 'reference/accounts'],
  ['replicationDelay', 'guides/replication', 'reference/options'],
  ['failEntries', 'reference/failures'],
  ['fromListing', 'reference/bucket/fixtures-from-elsewhere'],
  ['waitFor', 'reference/requests'],
  ['--no-sts', 'reference/command-line'],
  // members, actions and events of AWS
  ['VersionIdMarker', 'guides/pagination'],
  ['ObjectLockRetainUntilDate', 'guides/object-lock'],
  ['NoncurrentVersionExpiration', 'guides/lifecycle'],
  ['s3:DeleteObjectVersion', 'mistakes/access', 'guides/protecting-versions'],
  ['ObjectCreated:Put', 'guides/events'],
  ['AssumeRoleWithWebIdentity', 'guides/web-identities'],
  ['AWS_ENDPOINT_URL_S3', 'guides/other-processes'],
  // as somebody asks
  ['delete marker restore', 'guides/restore'],
  ['delete an object version', 'guides/purge', 'guides/mfa-delete', 'mistakes/mfa-delete'],
  ['listen port python', 'guides/python', 'guides/serve', 'guides/other-processes', 'reference/mock'],
  ['fake timers', 'guides/fake-timers-and-guard'],
  ['presigned url', 'guides/browser-uploads'],
  ['expire old versions', 'guides/lifecycle', 'guides/purge'],
  ['restore from glacier', 'guides/archives'],
  ['retry a lost connection', 'guides/failures'],
  ['static website', 'guides/websites'],
  ['redirect', 'guides/websites'],
  ['index document', 'guides/websites'],
  ['aws-sdk-client-mock', 'guides/from-aws-sdk-client-mock'],
  ['jsdom', 'runners'],
  ['compare LocalStack MinIO moto', 'comparison', 'guides/from-localstack-or-minio'],
  ['deprecated until 1.0', 'stability', 'reference/requests'],
  ['mfa delete code', 'guides/mfa-delete'],
  ['dead letter', 'guides/failed-events'],
  ['batchItemFailures', 'guides/failed-events'],
  ['duplicate events', 'guides/failed-events'],
  ['undelete', 'guides/restore'],
  ['recover a deleted file', 'guides/restore'],
  ['bulk delete', 'guides/purge'],
  ['how fast', 'benchmarks'],
  ['migrate from nock', 'guides/from-nock'],
  ['legal hold', 'guides/object-lock'],
  ['vitest', 'runners'],
  ['pytest', 'guides/python'],
  ['playwright', 'guides/playwright'],
  ['end to end test browser', 'guides/playwright'],
  ['golang', 'guides/go'],
  ['go test', 'guides/go'],
  ['java junit', 'guides/java'],
  ['next.js', 'guides/web-handlers'],
  ['msw', 'neighbours'],
  ['github actions oidc', 'guides/web-identities'],
  ['cognito', 'guides/web-identities'],
  ['external id', 'guides/web-identities'],
  ['assume role mfa', 'guides/sessions'],
  ['hono', 'guides/frameworks'],
  ['sveltekit', 'guides/frameworks'],
  ['remix action', 'guides/frameworks'],
  ['uppy', 'guides/frameworks'],
  ['sst', 'guides/frameworks'],
  ['cdk', 'guides/frameworks'],
  ['terraform', 'guides/frameworks'],
  ['monorepo', 'guides/frameworks'],
  ['pnpm workspace', 'guides/frameworks'],
  ['temporary credentials', 'guides/assume-role', 'reference/accounts'],
  ['continuation token', 'guides/pagination'],
  ['intelligent tiering', 'guides/archives'],
  ['kms key', 'guides/encryption'],
  ['reset between tests', 'guides/fake-timers-and-guard'],
  ['parallel tests', 'guides/reruns-and-concurrency'],
  ['crash between two requests', 'guides/what-if-it-fails'],
  ['mutation testing', 'guides/try-a-suite'],
  ['region outage', 'guides/fail-over'],
  ['multipart upload', 'guides/multipart-uploads'],
  ['upload a large file', 'guides/multipart-uploads'],
  ['stream body', 'guides/multipart-uploads'],
  ['delete marker', 'guides/restore'],
  ['bucket policy', 'guides/access', 'guides/protecting-versions'],
  ['eventbridge sqs', 'guides/events'],
  ['window', 'guides/window'],
  ['sqs dynamodb emulator', 'guides/with-an-emulator'],
  ['aws emulator', 'guides/with-an-emulator', 'comparison'],
  ['https certificate', 'guides/serve'],
  ['aws cli', 'guides/serve', 'reference/command-line'],
  ['assert on a request', 'reference/matchers', 'reference/requests'],
  ['move the clock', 'guides/lifecycle', 'reference/mock'],
  ['object lock retention', 'guides/object-lock'],
  ['lambda s3 event', 'guides/lambda', 'guides/events'],
  ['race condition', 'guides/what-if-it-fails', 'guides/reruns-and-concurrency'],
  ['conditional write', 'guides/failures', 'guides/what-if-it-fails', 'guides/reruns-and-concurrency'],
  ['list all objects', 'guides/pagination'],
  ['cross region replication', 'guides/replication'],
  ['restore version', 'guides/restore'],
  ['NoSuchBucket', 'mistakes/objects-and-versions', 'guides/cos'],
  ['403', 'mistakes/access'],
  ['forbidden', 'mistakes/access'],
  ['access denied', 'mistakes/access'],
  ['unsigned', 'mistakes/access', 'how-it-works'],
  ['beforeEach', 'guides/fake-timers-and-guard'],
  ['cleanup', 'guides/fake-timers-and-guard'],
  ['404', 'guides/restore', 'mistakes/objects-and-versions'],
  ['412', 'guides/reruns-and-concurrency', 'guides/what-if-it-fails'],
  ['500', 'guides/failures'],
  ['timeout', 'guides/failures'],
  ['NotImplemented', 'reference/operations', 'limits'],
  ['users', 'guides/access'],
  ['roles', 'guides/access'],
  ['mock date', 'reference/mock/the-clock', 'guides/fake-timers-and-guard'],
  ['checksum', 'mistakes/objects-and-versions', 'facts/bodies-and-checksums'],
  ['jest', 'runners/jest'],
  ['changelog', 'changelog'],
  ['credentials', 'introduction'],
  ['CredentialsProviderError', 'introduction'],
  ['glue', 'guides/with-an-emulator'],
  ['mfa', 'guides/mfa-delete'],
  ['bun', 'runners'],
  ['deno', 'runners'],
  ['AccessDenied', 'mistakes/access'],
  ['hint', 'hints'],
  ['aws s3 cp', 'guides/serve', 'reference/command-line'],
  ['install', 'introduction'],
  ['docker compose', 'guides/serve', 'guides/from-localstack-or-minio'],
];

const answeredFirst = ['dead letter', 'undelete', 'delete marker', 'restore version', 'NoSuchBucket', 'NoSuchKey', 'AccessDenied', '403', 'forbidden', 'access denied', '404', '412', '500', 'timeout', 'users', 'roles', 'jest', 'changelog', 'credentials', 'CredentialsProviderError', 'glue', 'mfa', 'vitest', 'bun', 'deno', 'install'];

/** The questions that the index of a built site does not answer, a sentence each. */
export async function unanswered(folder) {
  const { default: MiniSearch } = await import('./index-of-search.mjs');
  const chunks = join(folder, 'assets/chunks');
  const file = readdirSync(chunks).find((name) => name.startsWith('@localSearchIndex'));
  const { default: written } = await import(pathToFileURL(join(chunks, file)));
  // As the theme of VitePress makes it.
  const searchOptions = { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 }, ...searching.searchOptions };
  const index = MiniSearch.loadJSON(written, { fields: ['title', 'titles', 'text'], storeFields: ['title', 'titles'], ...searching.options, searchOptions });
  return questions.flatMap(([question, ...pages]) => problemOf(question, pages, index.search(question).map(({ id }) => id)));
}

/** What is wrong with the results of a question, as addresses: none of the first three, or not the first, is of a right page. */
export function problemOf(question, pages, results) {
  const first = results.slice(0, answeredFirst.includes(question) ? 1 : 3).map((address) => address.replace(/^\//, '').replace(/\.html\b/, ''));
  // A page that is divided answers with each of its subjects.
  const isOf = (result, page) => result === page || result.startsWith(`${page}/`);
  if (first.some((result) => pages.some((page) => isOf(result.split('#', 1)[0], page)))) return [];
  return [`the search for ${question} finds ${first.join(', ') || 'nothing'} before ${pages.join(' or ')}`];
}
