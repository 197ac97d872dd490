#!/usr/bin/env node
const { main } = require('./main');

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
