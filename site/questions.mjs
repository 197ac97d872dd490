// Questions that the search of a built site has to answer: each with the pages that are right, one of which is among the first three results.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { searching } from './search.mjs';

export const questions = [
  // codes of refusals
  ['MalformedXML', 'mistakes', 'guides/lifecycle', 'guides/cos'],
  ['NoSuchVersion', 'mistakes', 'reference/refusals'],
  ['NoSuchKey', 'mistakes', 'guides/restore'],
  ['InvalidBucketState', 'guides/protecting-versions', 'guides/mfa-delete'],
  ['BucketNotEmpty', 'guides/purge'],
  ['PermanentRedirect', 'mistakes'],
  ['TokenCodeInvalidError', 'guides/mfa-delete'],
  ['S3MockNotImplemented', 'reference/operations'],
  ['SlowDown', 'guides/failures'],
  ['ECONNREFUSED', 'guides/from-localstack-or-minio', 'mistakes'],
  // headers
  ['x-amz-mfa', 'guides/mfa-delete', 'reference/refusals'],
  ['x-amz-replication-status', 'guides/replication'],
  ['x-amz-bypass-governance-retention', 'guides/object-lock', 'mistakes'],
  // calls, options and members of the library
  ['toHaveVersioning', 'reference/matchers'],
  ['toHaveUsage', 'reference/matchers'],
  ['s3.mfa.header', 'guides/mfa-delete', 'reference/accounts'],
  ['replicationDelay', 'guides/replication', 'reference/options'],
  ['failEntries', 'reference/failures'],
  ['fromListing', 'reference/bucket'],
  ['waitFor', 'reference/requests'],
  ['--no-sts', 'reference/command-line'],
  // members, actions and events of AWS
  ['VersionIdMarker', 'guides/pagination'],
  ['ObjectLockRetainUntilDate', 'guides/object-lock'],
  ['NoncurrentVersionExpiration', 'guides/lifecycle'],
  ['s3:DeleteObjectVersion', 'mistakes', 'guides/protecting-versions'],
  ['ObjectCreated:Put', 'guides/events'],
  ['AssumeRoleWithWebIdentity', 'guides/sessions'],
  ['AWS_ENDPOINT_URL_S3', 'guides/other-processes'],
  // as somebody asks
  ['delete marker restore', 'guides/restore'],
  ['delete an object version', 'guides/purge', 'guides/mfa-delete', 'mistakes'],
  ['listen port python', 'guides/other-processes', 'reference/mock'],
  ['fake timers', 'guides/fake-timers-and-guard'],
  ['presigned url', 'guides/browser-uploads'],
  ['expire old versions', 'guides/lifecycle', 'guides/purge'],
  ['restore from glacier', 'guides/archives'],
  ['retry a lost connection', 'guides/failures'],
  ['aws-sdk-client-mock', 'guides/from-aws-sdk-client-mock'],
  ['jsdom', 'runners'],
  ['compare LocalStack MinIO moto', 'comparison', 'guides/from-localstack-or-minio'],
  ['deprecated until 1.0', 'stability', 'reference/requests'],
  ['mfa delete code', 'guides/mfa-delete'],
];

/** The questions that the index of a built site does not answer, a sentence each. */
export async function unanswered(folder) {
  const { default: MiniSearch } = await import('minisearch');
  const chunks = join(folder, 'assets/chunks');
  const file = readdirSync(chunks).find((name) => name.startsWith('@localSearchIndex'));
  const { default: written } = await import(pathToFileURL(join(chunks, file)));
  // As the theme of VitePress makes it.
  const searchOptions = { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 }, ...searching.searchOptions };
  const index = MiniSearch.loadJSON(written, { fields: ['title', 'titles', 'text'], storeFields: ['title', 'titles'], ...searching.options, searchOptions });
  return questions.flatMap(([question, ...pages]) => problemOf(question, pages, index.search(question).map(({ id }) => id)));
}

/** What is wrong with the results of a question, as addresses: none of the first three is of a right page. */
export function problemOf(question, pages, results) {
  const first = results.slice(0, 3).map((address) => address.replace(/^\//, '').replace(/\.html\b/, ''));
  if (first.some((result) => pages.includes(result.split('#', 1)[0]))) return [];
  return [`the search for ${question} finds ${first.join(', ') || 'nothing'} before ${pages.join(' or ')}`];
}
