import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { Budget } from '../../src/facts/budget';
import { type Subject, subjects } from '../../src/facts/cases';
import { play } from '../../src/facts/play';
import { ServiceStage } from '../../src/facts/service-stage';

describe('the cases that one caller can play at a port', () => {
  let s3: MockS3;
  let stage: ServiceStage;
  beforeAll(async () => {
    s3 = mockS3({ hosts: { only: [] } });
    const { url } = await s3.listen();
    stage = new ServiceStage({ endpoint: url, region: 'us-east-1', keys: s3.account.credentials, prefix: 'facts' }, new Budget(100_000, 10));
  });
  afterAll(() => s3.stop());

  const all = (Object.keys(subjects) as Subject[]).flatMap((subject) =>
    subjects[subject].flatMap(({ file, cases }) => Object.entries(cases).map(([title, one]) => ({ subject, file, title, one }))),
  );

  it('counts', () => {
    const why: Record<string, number> = {};
    for (const { one } of all) { const w = stage.whyNot(one) ?? 'played'; why[w] = (why[w] ?? 0) + 1; }
    console.log(why);
  });
  it.each(all)('$file: $title', async ({ one }) => {
    if (stage.whyNot(one) !== undefined) return;
    expect(await play(stage, one)).toEqual([]);
  });
  it('leaves nothing behind', () => {
    expect(s3.buckets.map(({ name }) => name)).toEqual([]);
  });
});
