import { describe, expect, it } from '@jest/globals';
import { makeDocument } from '../../../build/door-document/document';
import { playDoor } from '../door';

describe('the first 300 requests to the door', () => {
  it('are answered, or refused with a sentence', async () => {
    const { findings, statuses } = await playDoor(JSON.stringify(makeDocument()), 2, 300);
    expect(findings).toEqual([]);
    expect(Object.keys(statuses).length).toBeGreaterThan(4);
  });
});
