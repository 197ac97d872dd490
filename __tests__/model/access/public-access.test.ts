import { expect, it } from '@jest/globals';
import { dialects } from '../../../src/dialects';
import { findBlocker } from '../../../src/model/access/public-access';
import { AccessScene } from '../../support/access-scene';

const name = 'RestrictPublicBuckets';
const blocking = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

// F1101
it('the blocker that is named is the bucket, then its account, then the account of the access point, then the point', () => {
  const scene = new AccessScene({ settings: { publicAccessBlock: blocking } });
  const { bucket, partner, store } = scene;
  const point = { ...scene.point(undefined, true), account: partner };
  store.defaultAccount.publicAccessBlock = blocking;
  partner.publicAccessBlock = blocking;
  const { configurations } = dialects.aws;
  const find = () => findBlocker(bucket, name, configurations, point);
  const blockers = [find()];
  bucket.change({ publicAccessBlock: null });
  blockers.push(find());
  store.defaultAccount.publicAccessBlock = undefined;
  blockers.push(find());
  partner.publicAccessBlock = undefined;
  blockers.push(find());
  expect(blockers).toEqual([
    'the bucket',
    "the bucket's account",
    "the access point's account",
    'the access point reports',
  ]);
});

it('the switches of an account do not count at IBM COS', () => {
  const { bucket, store } = new AccessScene({});
  store.defaultAccount.publicAccessBlock = blocking;
  const find = (service: 'aws' | 'ibm-cos') => findBlocker(bucket, name, dialects[service].configurations);
  expect({ aws: find('aws'), cos: find('ibm-cos') }).toEqual({ aws: "the bucket's account", cos: undefined });
});
