/**
 * Runs the tests that write a document, with the variable that makes them write: `node build/write.mjs WRITE_MISTAKES __tests__/mistakes`.
 * Not every shell sets a variable in front of a command.
 */
import { createRequire } from 'node:module';

const [variable, ...tests] = process.argv.slice(2);
process.env[variable] = '1';
process.argv.splice(2, Number.POSITIVE_INFINITY, ...tests);
createRequire(import.meta.url)('jest/bin/jest');
