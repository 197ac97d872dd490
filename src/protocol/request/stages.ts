import type { S3Error } from '../../refusals';

/**
 * The order in which S3 checks a request (F25). Each refusal that is found while a request is read, routed or bound is kept under its
 * stage, and thrown only when the checks come to that stage.
 */
export const stages = [
  /** The request line and the transfer encoding can be read, and the query names one operation at most. */
  'address',
  /** Parameters of the query that S3 reads before the caller. */
  'query',
  /** Dates, scopes and signatures, if the mock checks them. */
  'signature',
  /** The credentials can be read, and their key belongs to somebody. */
  'caller',
  /** The path has an operation of this method. */
  'method',
  /** `x-amz-content-sha256` has a form that S3 knows. */
  'payload hash',
  /** The bucket exists, in this region, with the expected owner, and the caller may use it. */
  'bucket',
  /** The sub-resource belongs to the thing that the path names. */
  'sub-resource',
  /** The operation takes a streamed body, is not one that this library lacks, and the key fits. */
  'operation',
  /** Headers, and parameters that S3 reads with them. */
  'head',
  /** The document is not too long to be read. */
  'size',
  /** Digests and checksums have the form of one. */
  'digest form',
  /** The body arrived whole, in the framing that its headers name. */
  'framing',
  /** A document arrived where one is needed. */
  'body',
  /** The document is XML and fits its schema. */
  'document',
  /** Digests and checksums are those of the body. */
  'digest',
] as const;

/** One step of the checks. */
export type Stage = (typeof stages)[number];

/** The first refusal that a request earned at each stage. */
export type Refusals = { [Name in Stage]?: S3Error };
