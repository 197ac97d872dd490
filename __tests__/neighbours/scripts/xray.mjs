import assert from 'node:assert';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';

const xray = createRequire(import.meta.url)('aws-xray-sdk-core');
xray.setContextMissingStrategy('IGNORE_ERROR');

let segment;

export default {
  start() {
    segment = new xray.Segment('test');
    xray.captureHTTPsGlobal(http, true);
    xray.captureHTTPsGlobal(https, true);
  },
  within: (run) =>
    xray.getNamespace().runAndReturn(() => {
      xray.setSegment(segment);
      return run();
    }),
  // X-Ray has no function that undoes its patch; it stores the originals in these members.
  stop() {
    for (const module of [http, https]) {
      module.request = module.__request;
      module.get = module.__get;
      delete module.__request;
      delete module.__get;
    }
    assert.ok(segment.subsegments.some(({ name }) => name.includes('s3')));
  },
};
