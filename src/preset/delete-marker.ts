/**
 * A delete marker among the versions of a key.
 *
 * @example
 * mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': ['first', deleteMarker] } } } });
 */
export const deleteMarker: DeleteMarker = Symbol.for('s3-versioning-mock.deleteMarker') as unknown as DeleteMarker; // the only one

declare const isDeleteMarker: unique symbol;

/**
 * The type of `deleteMarker`, which is a symbol. It is declared as a type of its own since the compiler forgets which symbol a list of
 * versions has, if that is a constant of the test.
 */
export interface DeleteMarker {
  readonly [isDeleteMarker]: true;
}
