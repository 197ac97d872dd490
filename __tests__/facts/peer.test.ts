import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Budget } from '../../src/facts/budget';
import { newsIn, type Report } from '../../src/facts/report';
import { choose, type Outcome, run } from '../../src/facts/run';
import { send } from '../../src/facts/sender';
import { ServiceStage } from '../../src/facts/service-stage';
import { readAnswer, writeRequest } from '../../src/facts/wire-form';
import { root, textOf } from '../house/files';
import { plainEnvironment } from '../support/plain-environment';
import { cases } from './cases';

/** A program that serves s3rver 3.7.1, which has no versions, and prints its port. */
const program = `
  const S3rver = require('s3rver');
  new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: process.argv[1] })
    .run()
    .then(({ port }) => console.log(port));`;

describe('a service with known mistakes', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 's3-versioning-mock-peer-'));
  const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  let child: ChildProcess;
  let url: string;
  let stage: ServiceStage;
  let outcomes: readonly Outcome[];

  beforeAll(async () => {
    child = spawn(process.execPath, ['-e', program, folder], { cwd: root, env: plainEnvironment() });
    const [port] = child.stdout === null ? [] : await once(child.stdout, 'data');
    url = `http://127.0.0.1:${Number(String(port))}`;
    stage = new ServiceStage({ endpoint: url, region: 'us-east-1', keys, prefix: 'facts' }, new Budget(5000));
    outcomes = await run(stage, choose(['cors', 'versioning', 'F60'], cases));
  });
  afterAll(async () => {
    child.kill();
    await once(child, 'close');
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    'admission-rules-101: expected 400 InvalidRequest, but it is 200 ',
    'admission-method-empty: expected 400 InvalidRequest, but it is 400 MalformedXML',
    'admission-xml-65537: expected 400 MaxMessageLengthExceeded, but it is 200 ',
    'checksum-bad-md5: expected 400 BadDigest, but it is 200 ',
    'delete-missing-config: expected 204, but it is 200 ',
    'put-v1: VersionId: expected "$(v1)", but it is absent',
  ])('is told: %s', (difference) => {
    expect(outcomes.flatMap(({ differences }) => differences)).toContain(difference);
  });

  it('has a reason where it cannot make the state of a case', () => {
    expect(outcomes.map(({ reason }) => reason)).toContain(
      'its state cannot be made: PutBucketVersioning is 409 BucketAlreadyExists',
    );
  });

  it('is left without buckets of the run', async () => {
    const sent = await send(writeRequest('ListBuckets', {}), { url, region: 'us-east-1', service: 's3', keys });
    expect({ left: stage.left, buckets: readAnswer('ListBuckets', sent).output['Buckets'] }).toEqual({
      left: [],
      buckets: expect.not.arrayContaining([expect.anything()]),
    });
  });

  it('has no news beside the same run', () => {
    expect(newsIn(outcomes, outcomes)).toEqual([]);
    expect(newsIn(outcomes, []).length).toBeGreaterThan(3);
  });

  it('has no news beside the run in the specification, and some beside the run of another service', () => {
    const newsBeside = (name: string) =>
      newsIn(outcomes, (JSON.parse(textOf(`specification/runs/${name}.json`)) as Report).outcomes);
    expect(newsBeside('s3rver')).toEqual([]);
    expect(newsBeside('moto')).not.toEqual([]);
  });
});
