/**
 * A delete marker among the versions of a key.
 *
 * @example
 * mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': ['first', deleteMarker] } } } });
 */
export const deleteMarker: DeleteMarker = Symbol.for('s3-versioning-mock.deleteMarker') as unknown as DeleteMarker; // the only one

declare const isDeleteMarker: unique symbol;

/**
 * The type of `deleteMarker`, which is a symbol. It has a type of its own because the compiler widens the symbol to `symbol` in
 * a list of versions that a test declares as a constant.
 */
export interface DeleteMarker {
  readonly [isDeleteMarker]: true;
}
