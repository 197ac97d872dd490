// The compiler is not under test: test files share the one of their process, which reads its nine megabytes once.
module.exports = globalThis[Symbol.for('s3-versioning-mock: shared')].typescript();
