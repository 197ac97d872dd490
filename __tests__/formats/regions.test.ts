import { describe, expect, it } from '@jest/globals';
import { isCosLocation, isRegion } from '../../src/formats/regions';

describe('a region of AWS', () => {
  it.each([
    [''],
    ['us'],
    ['EU'],
    ['us-south'],
    ['us-east-9'],
    ['EU-WEST-1'],
    ['eu-west-1 '],
    ['aws-global'],
    ['constructor'],
  ])('%j is not known', (name) => {
    expect(isRegion(name)).toBe(false);
  });
});

describe('a location of COS', () => {
  it.each([
    ['us-standard'],
    ['us-south-standard'],
    ['us-east-vault'],
    ['eu-de-cold'],
    ['eu-gb-smart'],
    ['eu-flex'],
    ['ap-standard'],
    ['jp-tok-standard'],
    ['ams03-standard'],
    ['che01-smart'],
    ['us-south-onerate_active'],
  ])('%s is known', (word) => {
    expect(isCosLocation(word)).toBe(true);
  });

  it.each([
    [''],
    ['us-south'],
    ['standard'],
    ['us-east-1'],
    ['us-south-glacier'],
    ['US-south-standard'],
    ['us-south-standard '],
  ])('%j is not known', (word) => {
    expect(isCosLocation(word)).toBe(false);
  });
});
