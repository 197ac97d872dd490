import { isHeaderName } from '../../formats/header-names';
import { S3Error } from '../../refusals/s3-error';
import type { ConfigurationValues } from '../../shapes/configurations';
import { configuration } from './configuration';

/** A rule of a CORS configuration. */
export type CorsRule = ConfigurationValues['cors']['CORSRules'][number];

/** Which web pages may send requests to a bucket from a browser: F340. */
export const cors = configuration('cors', {
  onDelete: 'as never put',
  accept(value) {
    const { CORSRules: rules } = value;
    if (rules.length > 100)
      throw new S3Error('CorsRulesTooMany', { count: rules.length }, `there are ${rules.length} rules`);
    rules.forEach(checkRule);
    return value;
  },
});

const methods = new Set(['GET', 'PUT', 'HEAD', 'POST', 'DELETE']);

/** The order among the parts of a rule is a guess (F340). */
function checkRule(rule: CorsRule): void {
  const { AllowedMethods, AllowedOrigins, AllowedHeaders = [], ExposeHeaders = [] } = rule;
  const method = AllowedMethods.find((one) => !methods.has(one));
  if (method !== undefined) throw new S3Error('CorsMethodUnsupported', { method });
  for (const value of AllowedOrigins) checkWildcards('AllowedOrigin', value);
  for (const value of AllowedHeaders) {
    checkWildcards('AllowedHeader', value);
    checkCharacters(value);
  }
  for (const header of ExposeHeaders) {
    if (header.includes('*')) throw new S3Error('CorsExposeHeaderWildcard', { header });
    checkCharacters(header);
  }
}

function checkWildcards(name: 'AllowedOrigin' | 'AllowedHeader', value: string): void {
  if (value.split('*').length > 2) throw new S3Error('CorsWildcardTwice', { name, value });
}

function checkCharacters(header: string): void {
  if (header !== '' && !isHeaderName(header)) throw new S3Error('CorsHeaderInvalid', { header });
}
