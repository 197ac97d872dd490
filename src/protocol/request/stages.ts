import type { S3Error } from '../../refusals';

/** The order in which S3 checks a request (F25). A refusal that is found earlier is stored under its stage, and thrown when the checks reach it. */
export const stages = [
  /** The request line and the transfer encoding can be read, and the query names one operation at most. */
  'address',
  /** Parameters of the query that S3 reads before the caller. */
  'query',
  /** A browser's form can be read, and has a key and a file. */
  'form',
  /** Dates, scopes and signatures, if the mock checks them. */
  'signature',
  /** The credentials can be read, and their key belongs to an account. */
  'caller',
  'method',
  /** `x-amz-content-sha256` has a form that S3 knows. */
  'payload hash',
  /** The bucket exists, in this region, with the expected owner. */
  'bucket',
  /** What some operations check before the right of the caller, first of all the upload (F1600). */
  'upload',
  /** The caller can carry out the operation. An operation can read its document before this stage (`accessAfter`). */
  'access',
  /** The sub-resource belongs to the thing that the path names. */
  'sub-resource',
  /** The operation accepts a streamed body, this library implements the operation, and the key is valid. */
  'operation',
  /** The policy of a form can be read, has not expired, and allows the fields. */
  'policy',
  /** Headers, and parameters that S3 reads with them. */
  'head',
  'size',
  'digest form',
  /** The headers describe the framing of a streamed body. */
  'announcement',
  /** The signatures of its chunks match, as far as the chunks are whole, if the mock checks signatures. */
  'chunks',
  /** The body arrived whole, in the framing that its headers name. */
  'framing',
  /** A body arrived if the operation needs a document. */
  'body',
  'document',
  'digest',
] as const;

export type Stage = (typeof stages)[number];

export type Refusals = { [Name in Stage]?: S3Error };
