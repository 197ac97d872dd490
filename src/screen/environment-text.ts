import type { RequestEntry } from '../journal/entry';
import type { Environment } from '../mock/failed-test';
import { writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';

/** The names of the errors with which SDKs say that they find no keys or no region. */
const namesOfErrors: ReadonlySet<string> = new Set([
  ...['CredentialsProviderError', 'CredentialsError', 'TokenProviderError', 'ConfigError'],
]);

/** The SDK v3 gives this error no name. */
const isMissingRegion = /^(?:Region is missing|Missing region in config)/;

const codesOfRegions: ReadonlySet<string> = new Set([
  ...['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException', 'TemporaryRedirect'],
]);

/** Says what the mock set in the environment, and what has become of it, if the failure is about that. */
export function writeEnvironment(
  environment: Environment,
  errors: readonly FailedError[],
  entries: readonly RequestEntry[],
): string | undefined {
  return (
    writeLost(environment, errors) ??
    writeExpectedMissing(environment, errors) ??
    writeRegion(environment, entries) ??
    writeLateEndpoint(environment, entries)
  );
}

function writeLost({ prepared }: Environment, errors: readonly FailedError[]): string | undefined {
  if (!errors.some(({ name, message }) => namesOfErrors.has(name) || isMissingRegion.test(message))) return undefined;
  const profile = prepared.find(({ set, present }) => set === undefined && present);
  if (profile !== undefined)
    return `${profile.name} was set after the mock was made, so SDKs look there, and not at the keys that the mock has set. Set it before mockS3(), which then hides it, or give the client the keys: s3.account.credentials.`;
  const lost = prepared.filter(({ set, present }) => set !== undefined && !present);
  if (lost.length === 0) return undefined;
  const [which, them] = lost.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${lost.map(({ name }) => name).join(', ')} ${which} gone from process.env: the mock set ${them} when it was made, and the test, or its code, has removed ${them}. If process.env is replaced, keep what it has: process.env = { ...process.env, STAGE: 'test' }.`;
}

const namesOfKeys = /\bAWS_ACCESS_KEY_ID\b|\bAWS_SECRET_ACCESS_KEY\b/;
const namesOfRegion = /\bAWS_(?:DEFAULT_)?REGION\b/;
/** How a message says that something is not there. Other texts can be about regions, too. */
const isOfAbsence = /\b(?:missing|not?|without|unset|required|needs?|must|cannot|undefined|invalid)\b|n't\b/i;

function meansKeys(text: string): boolean {
  return namesOfKeys.test(text) || (/credential/i.test(text) && isOfAbsence.test(text));
}

function meansRegion(text: string): boolean {
  return namesOfRegion.test(text) || (/\bregion\b/i.test(text) && isOfAbsence.test(text));
}

/** The test expects an error, or a value, of an environment without keys or a region. */
function writeExpectedMissing({ prepared }: Environment, errors: readonly FailedError[]): string | undefined {
  const expected = errors.filter(isAssertion).flatMap((error) => [...readCompared(error).expected]);
  const meant = prepared.find(
    ({ name, set, present }) =>
      set !== undefined && set === present && expected.some(name === 'AWS_REGION' ? meansRegion : meansKeys),
  );
  if (meant === undefined) return undefined;
  return `The mock has set ${meant.name}, since the environment had none. To test code without it, delete process.env.${meant.name} in the test, or make the mock with credentials: false.`;
}

function writeRegion({ prepared }: Environment, entries: readonly RequestEntry[]): string | undefined {
  const region = prepared.find(({ name }) => name === 'AWS_REGION');
  if (region?.set === undefined || !entries.some(({ error }) => error && codesOfRegions.has(error.code)))
    return undefined;
  const since = `The mock set AWS_REGION to ${writeValue(region.set)} when it was made, since the environment had none`;
  const cure = "Set your region before mockS3(), or give the option region: mockS3({ region: 'eu-west-1' }).";
  return region.present === region.set
    ? `${since}, so code that has a default region of its own does not use it. ${cure}`
    : `${since}; it is ${writeValue(region.present)} now, but a client reads it once. ${cure}`;
}

function writeLateEndpoint({ lateEndpoint }: Environment, entries: readonly RequestEntry[]): string | undefined {
  if (lateEndpoint === undefined || entries.length > 0) return undefined;
  const { name, present } = lateEndpoint;
  return `${name} was set to ${writeValue(present)} after the mock was made, which reads it when it starts. Set it before mockS3(), or give the address to the mock: mockS3({ hosts: [${writeValue(present)}] }).`;
}
