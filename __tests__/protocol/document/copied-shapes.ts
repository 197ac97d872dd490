/** A shape of its own for a test: what is made of a shape is made when it is first used, and kept. */
export function copyShape<S>(shape: S): S {
  if (Array.isArray(shape)) return shape.map(copyShape) as S; // part by part
  if (Object.getPrototypeOf(Object(shape)) !== Object.prototype || typeof shape !== 'object') return shape;
  return Object.fromEntries(Object.entries(Object(shape)).map(([name, part]) => [name, copyShape(part)])) as S; // the same
}
