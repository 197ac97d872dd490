const planted = require('./planted');

const notification = {
  LambdaFunctionConfigurations: [
    { LambdaFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f', Events: ['s3:ObjectCreated:*'] },
  ],
};
const [{ LambdaFunctionArn: arn }] = notification.LambdaFunctionConfigurations;
const filter = { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } };
const buckets = () => ({
  reports: {
    versioning: 'Enabled',
    objects: {
      a: '1',
      b: ['2', '3'],
      'in/x': 'x',
      'out/y': 'y',
      'settings.json': '{"a":1}',
      'umlaut.txt': 'Ärger über Öl und Äpfel',
      'log.txt': '',
    },
    notification: {
      LambdaFunctionConfigurations: [{ ...notification.LambdaFunctionConfigurations[0], Filter: filter }],
    },
  },
});

/** The tests of a part of the services, so that each file has a few. */
exports.define = (mockS3, part) => {
  const s3 = mockS3({ buckets: buckets() });
  const bucket = () => s3.bucket('reports');
  const tests = {
    publishWithIndex: async () => {
      await planted.publishWithIndex('q3', 'x');
      expect(bucket()).toHaveObject('q3', { body: 'x' });
    },
    saveAll: () => planted.saveAll({ one: '1', two: '2' }),
    saveLater: async () => {
      await planted.saveLater('q4', 'x');
      await s3.requests.waitFor('PutObject', { Key: 'audit.log' });
      expect(bucket()).toHaveObject('q4');
    },
    tag: () => planted.tag('a', 'ops'),
    move: async () => {
      await planted.move('a', 'c');
      expect(bucket()).not.toHaveObject('a');
    },
    archive: () => planted.archive('a'),
    rotate: async () => {
      await planted.rotate('new');
      expect(s3).toHaveReceived('PutObject', { Key: 'latest' });
    },
    remove: () => planted.remove('a'),
    purge: () => planted.purge(['a', 'b']),
    purgeAndCount: async () => expect(await planted.purgeAndCount(['a', 'b'])).toBe(2),
    ensureSettings: async () => {
      await planted.ensureSettings();
      expect(bucket()).toHaveObject('settings.json');
    },
    createOnce: async () => {
      await planted.createOnce('a', 'other');
      expect(bucket()).toHaveObject('a');
    },
    count: async () => expect(await planted.count()).toBe(7),
    folders: async () => expect(await planted.folders()).toEqual(['in/', 'out/']),
    history: async () => expect(await planted.history('b')).toBe(2),
    readText: async () => expect(await planted.readText('umlaut.txt')).toBe('Ärger über Öl und Äpfel'),
    appendWithRetry: async () => {
      await planted.appendWithRetry('one');
      expect(bucket()).toHaveObject('log.txt', { body: 'one\n' });
    },
    countEvent: async () => {
      s3.deliverTo(arn, () => planted.countEvent());
      await planted.put('in/new', 'x');
      await s3.events.settled();
      expect(bucket()).toHaveObject('count', { body: '1' });
    },
    isSame: async () => expect(await planted.isSame('a', 'c4ca4238a0b923820dcc509a6f75849b')).toBe(true),
    mirrorEvent: async () => {
      s3.deliverTo(arn, planted.mirrorEvent);
      await planted.put('in/one', 'x');
      await planted.put('in/two', 'x');
      await s3.events.settled();
      expect(bucket()).toHaveObject('last.txt', { body: 'in/two' });
    },
  };
  for (const [index, [name, run]] of Object.entries(tests).entries()) if (index % 5 === part) test(name, run);
};
