import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import { failures } from './failures';
import { scenes } from './scenes';

const { values } = parseArgs({
  options: {
    scene: { type: 'string' },
    failure: { type: 'string' },
    counts: { type: 'string', default: '250,500,1000,2000' },
    over: { type: 'string', default: '5' },
  },
});
const counts = values.counts.split(',').map(Number);

async function main() {
  for (const [title, scene] of Object.entries(scenes)) {
    if (values.scene !== undefined && !title.includes(values.scene)) continue;
    const times = new Map<string, number[]>();
    const playing: number[] = [];
    for (const count of counts) {
      const control = createMock(scene.options(count), mockS3);
      control.start();
      control.setRunner({ testIsRunning: () => true } as never);
      const client = new S3Client({ region: 'us-east-1', maxAttempts: 2, retryStrategy: undefined as never });
      control.beginTest();
      const start = performance.now();
      await scene.play({ s3: control.mock, client, count });
      playing.push(performance.now() - start);
      for (const [name, failure] of Object.entries(failures)) {
        if (values.failure !== undefined && !name.includes(values.failure)) continue;
        let least = Infinity;
        for (let round = 0; round < 3; round += 1) {
          try {
            const write = failure({ control, count }) as () => unknown;
            const begin = performance.now();
            write();
            least = Math.min(least, performance.now() - begin);
          } catch (error) {
            if (round === 0) console.log(title, name, (error as Error).message.slice(0, 200));
            least = NaN;
          }
          if (least > 300) break;
        }
        times.set(name, [...(times.get(name) ?? []), least]);
      }
      await control.stop();
      control.restoreEnvironment();
    }
    console.log(`\n${title}: played in ${playing.map((one) => one.toFixed(0)).join(', ')} ms`);
    for (const [name, all] of [...times].sort(([, a], [, b]) => (b.at(-1) ?? 0) - (a.at(-1) ?? 0))) {
      if ((all.at(-1) ?? 0) < Number(values.over)) continue;
      console.log(
        `  ${name.padEnd(50)} ${all.map((one) => one.toFixed(1).padStart(8)).join('')}   x${((all.at(-1) ?? 0) / (all.at(-2) ?? 1)).toFixed(1)}`,
      );
    }
  }
}
main();
