import { writeDifference } from '../journal/difference-text';
import { differencesOf } from '../journal/input-matching';
import {
  checkExpectedConfiguration,
  checkExpectedNames,
  configurationNames,
  expectedForm,
  isConfigurationName,
  writeDocument,
} from '../preset/configurations';
import { checkPlainValues } from '../text/plain-values';
import { suggestion } from '../text/spelling';
import { isAsymmetric, isRecord } from '../text/value-kinds';
import { writeGiven, writeValue } from '../text/values';
import { bucketOf, type MatcherResult, whyUnchanged } from './bucket-like';

/** Whether a configuration was put on a bucket, and is as expected. */
export function toHaveConfiguration(handle: unknown, name: unknown, given?: unknown): MatcherResult {
  const bucket = bucketOf(handle, 'toHaveConfiguration');
  if (!isConfigurationName(name)) throw unknownName(name);
  const actual: unknown = Reflect.get(bucket, name);
  checkExpectedNames(name, given);
  checkPlainValues(`toHaveConfiguration: ${name}`, given);
  checkExpectedConfiguration(name, given);
  const expected = expectedForm(name, given, bucket.region);
  const isThere = actual !== undefined && actual !== null;
  // A configuration that is only a word may also be expected as SDKs write it.
  const compared = isThere && isRecord(expected) && !isAsymmetric(expected) ? writeDocument(name, actual) : actual;
  const differences = isThere && expected !== undefined ? differencesOf(expected, compared) : [];
  const pass = isThere && differences.length === 0;
  const message = () => {
    const what = expected === undefined ? name : `${name} ${writeValue(expected)}`;
    const headline = `Expected bucket '${bucket.name}' ${pass ? 'not ' : ''}to have the configuration ${what}, but ${stateOf(actual, isThere)}.`;
    return [[headline, ...differences.map(writeDifference)].join('\n'), ...whyUnchanged(bucket)].join('\n\n');
  };
  return { pass, message };
}

function stateOf(actual: unknown, isThere: boolean): string {
  if (isThere) return `it has ${writeValue(actual)}`;
  return actual === null ? 'it was deleted' : "it was never put, and S3's answer for a new bucket does not count";
}

function unknownName(name: unknown): TypeError {
  const hint = typeof name === 'string' ? suggestion(name, configurationNames, 1) : undefined;
  return new TypeError(
    [
      `toHaveConfiguration: there is no configuration ${writeGiven(name)}.`,
      hint,
      `Give one of ${configurationNames.join(', ')}.`,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  );
}
