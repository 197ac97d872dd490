import { expect, it } from '@jest/globals';
import { findKmsKeyArn, Kms } from '../../src/model/kms';

const id = '00000000-0000-4000-8000-000000000001';
const arn = `arn:aws:kms:us-east-1:111122223333:key/${id}`;

// F632
it('the state of a KMS key is the state that a test gave it last, by whatever name', () => {
  const kms = new Kms();
  expect(kms.findState(arn)).toBeUndefined();
  kms.set(id, 'disabled');
  kms.set(arn, 'missing');
  expect(kms.findState(arn)).toEqual({ name: arn, state: 'missing' });
  kms.set(id, 'enabled');
  expect(kms.findState(arn)).toEqual({ name: id, state: 'enabled' });
  expect(kms.findState(arn.replace('0001', '0002'))).toBeUndefined();
});

it('the states of KMS keys are in a snapshot', () => {
  const kms = new Kms();
  kms.set(id, 'disabled');
  const { state } = kms;
  kms.set(id, 'enabled');
  kms.restore(state);
  expect(kms.findState(arn)).toEqual({ name: id, state: 'disabled' });
});

it('an alias of one account is another key in another account', () => {
  const ofAlias = (account: string) => findKmsKeyArn('alias/reports', { account, region: 'us-east-1' });
  expect(ofAlias('111122223333')).not.toBe(ofAlias('444455556666'));
});
