import { list, required, structure } from '../elements';
import { integer, text } from '../values';

const rule = structure({
  ID: text,
  AllowedOrigins: required(list(text, 'AllowedOrigin')),
  AllowedMethods: required(list(text, 'AllowedMethod')),
  MaxAgeSeconds: integer,
  ExposeHeaders: list(text, 'ExposeHeader'),
  AllowedHeaders: list(text, 'AllowedHeader'),
});

/** Which web pages may send requests to a bucket from a browser, in the order in which Amazon S3 writes it (F440). */
export const cors = structure({ CORSRules: required(list(rule, 'CORSRule')) });

const { ID, AllowedMethods, AllowedOrigins, ...others } = rule.members;

/** The same in the order in which IBM COS writes it (F440). */
export const corsOnCos = structure({
  CORSRules: required(list(structure({ ID, AllowedMethods, AllowedOrigins, ...others }), 'CORSRule')),
});
