/**
 * The part of bun's types that the entry for bun extends, so that the checkout needs no package with all of them. A user's come from `@types/bun`.
 */
declare module 'bun:test' {
  interface Matchers<T = unknown> {
    readonly not: Matchers<unknown>;
  }
}
