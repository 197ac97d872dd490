import { integer, list, required, structure, text } from '../shape';

const rule = structure({
  ID: text,
  AllowedHeaders: list(text, 'AllowedHeader'),
  AllowedMethods: required(list(text, 'AllowedMethod')),
  AllowedOrigins: required(list(text, 'AllowedOrigin')),
  ExposeHeaders: list(text, 'ExposeHeader'),
  MaxAgeSeconds: integer,
});

/** Which web pages may send requests to a bucket from a browser. */
export const cors = structure({ CORSRules: required(list(rule, 'CORSRule')) });
