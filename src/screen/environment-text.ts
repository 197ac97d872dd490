import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Environment } from '../mock/failed-test';
import { writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion, isErrorOf } from './errors';

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
    writeGivenKeys(environment, errors, entries) ??
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

const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

/** What the SDKs say of credentials that have no texts as their keys. The SDK v2 says it also if it finds none by itself. */
const lacksKeys = /^Resolved credential object is not valid|^Missing credentials in config\b/;

/** Says that a client does not use the keys in the environment, since the code has given it others, or another place for them. */
function writeGivenKeys(
  { prepared }: Environment,
  errors: readonly FailedError[],
  entries: readonly RequestEntry[],
): string | undefined {
  const thrown = errors.filter((error) => !isAssertion(error));
  const areSet = keys.every((name) => prepared.some((one) => one.name === name && one.set && one.present));
  const cure = areSet
    ? 'leave credentials out, and it takes the keys that the mock has set in process.env'
    : 'give it s3.account.credentials';
  const ofVariables = `If the code reads them from variables, set these before it makes the client, or ${cure}.`;
  const empty = entries.find(({ error }) => error?.message.includes('a non-empty Access Key'));
  if (empty !== undefined)
    return `${writeCall(empty)} was signed with an empty accessKeyId, which is in the credentials that the code has given the client. ${ofVariables}`;
  // Without keys in the environment, the SDK v2 may have been given none.
  const isGiven = ({ message }: FailedError) => lacksKeys.test(message) && (areSet || message.startsWith('Resolved'));
  // Credentials for which a client has asked STS have their reason there.
  const isRefused = entries.some(({ service, error }) => service === 'sts' && error !== undefined);
  if (!isRefused && thrown.some((error) => isGiven(error) || hasResolvedNothing(error)))
    return `The client signed nothing, since the credentials that the code has given it lack accessKeyId or secretAccessKey. ${ofVariables}`;
  if (areSet && thrown.some(({ name }) => name === 'CredentialsProviderError'))
    return 'The client signed nothing: the code has told it where its credentials are, by credentials or profile, so it does not look at process.env, where the mock has set keys. Leave that out in the test, or give the client s3.account.credentials.';
  const unsigned = entries.findLast((entry) => isUnsigned(entry) && thrown.some((error) => isErrorOf(error, entry)));
  if (unsigned !== undefined)
    return `${writeCall(unsigned)} has no signature, since minio signs nothing if accessKey or secretKey is missing. Give its client both, such as those of s3.account.credentials.`;
  return thrown.some(hasNoCredentials)
    ? 'The client signed nothing, since it has no credentials: ibm-cos-sdk takes none from process.env. Give it accessKeyId and secretAccessKey of s3.account.credentials.'
    : undefined;
}

function isUnsigned({ caller, client, error }: RequestEntry): boolean {
  return caller === 'anonymous' && client?.startsWith('MinIO') === true && error?.code === 'AccessDenied';
}

/** What JavaScript says of the credentials that a client of IBM COS does not have. */
function hasNoCredentials(error: FailedError): boolean {
  return isOfMissing(error, 'null', 'accessKeyId');
}

/** What JavaScript says in the SDK v3 if a provider of the code returns no credentials. */
function hasResolvedNothing(error: FailedError): boolean {
  return isOfMissing(error, 'undefined', 'expiration');
}

function isOfMissing({ isOfClient, name, message }: FailedError, value: string, member: string): boolean {
  return isOfClient === true && name === 'TypeError' && message.includes(value) && message.includes(member);
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

/** What is malformed can also be the key. */
function isOfRegion({ error }: RequestEntry): boolean {
  if (error === undefined || !codesOfRegions.has(error.code)) return false;
  return error.code !== 'AuthorizationHeaderMalformed' || error.message.includes('region');
}

function writeRegion({ prepared }: Environment, entries: readonly RequestEntry[]): string | undefined {
  const region = prepared.find(({ name }) => name === 'AWS_REGION');
  if (region?.set === undefined || !entries.some(isOfRegion)) return undefined;
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
