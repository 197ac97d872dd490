const right = require('./right');

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const Filter = { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } };
const notification = {
  LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn, Events: ['s3:ObjectCreated:*'], Filter }],
};

exports.define = (mockS3) => {
  const s3 = mockS3({ buckets: { reports: { objects: { a: '1', b: '2', 'umlaut.txt': 'Äpfel' }, notification } } });
  const bucket = () => s3.bucket('reports');
  test('publish', async () => {
    await right.publish('q3', 'x');
    expect(bucket()).toHaveObject('q3', { body: 'x' });
    expect(bucket()).toHaveObject('index.json', { body: '["q3"]' });
  });
  test('count', async () => expect(await right.count()).toBe(3));
  test('purge', async () => {
    await right.purge(['a', 'b']);
    expect(bucket().keys).toEqual(['umlaut.txt']);
  });
  test('move', async () => {
    await right.move('a', 'c');
    expect(bucket().keys).toEqual(['b', 'c', 'umlaut.txt']);
  });
  test('readText', async () => expect(await right.readText('umlaut.txt')).toBe('Äpfel'));
  test('find', async () => expect(await right.find('absent')).toBeUndefined());
  test('thumbnail', async () => {
    s3.deliverTo(arn, right.thumbnail);
    await right.put('in/x', 'large');
    await s3.events.settled();
    expect(bucket()).toHaveObject('small/in/x', { body: 'small' });
  });
  test('createOnce', async () => {
    expect(await right.createOnce('a', 'other')).toBe(false);
    expect(bucket()).toHaveObject('a', { body: '1' });
  });
  test('tag', async () => {
    await right.tag('a', 'ops');
    expect(bucket()).toHaveObject('a', { tags: { team: 'ops' } });
  });
  test('saveAll', async () => {
    await right.saveAll({ one: '1', two: '2' });
    expect(bucket().keys).toEqual(['a', 'b', 'one', 'two', 'umlaut.txt']);
  });
};
