import { expect, it } from '@jest/globals';
import { type DueSubjects, DueTimes, never } from '../../../src/model/schedule/due-times';

function subjectsAt(given: Readonly<Record<string, number>>) {
  const times = new Map(Object.entries(given));
  const asked: string[] = [];
  const subjects: DueSubjects = {
    basis: {},
    names: () => times.keys(),
    dueAt(name) {
      asked.push(name);
      return times.get(name) ?? never;
    },
  };
  return { due: new DueTimes(), subjects, times, asked: () => asked.splice(0) };
}

it('knows the soonest time of all subjects', () => {
  const { due, subjects } = subjectsAt({ a: 30, b: 20, c: never });
  expect(due.soonest(subjects)).toBe(20);
  expect(due.soonest(subjectsAt({ c: never }).subjects)).toBe(never);
});

it('asks each subject once, and again only one that was touched', () => {
  const { due, subjects, times, asked } = subjectsAt({ a: 30, b: 20 });
  due.touch('a');
  due.soonest(subjects);
  expect(asked()).toEqual(['a', 'b']);
  due.soonest(subjects);
  expect(asked()).toEqual([]);
  times.set('b', 40);
  due.touch('b');
  expect(due.soonest(subjects)).toBe(30);
  expect(asked()).toEqual(['b']);
});

it('learns of a subject that is made later, and forgets one that has nothing due any more', () => {
  const { due, subjects, times } = subjectsAt({ b: 20 });
  due.soonest(subjects);
  times.set('a', 10);
  due.touch('a');
  expect(due.soonest(subjects)).toBe(10);
  times.set('a', never);
  due.touch('a');
  expect(due.soonest(subjects)).toBe(20);
});

it('asks all subjects again if their times follow from something else', () => {
  const { due, subjects, times, asked } = subjectsAt({ a: 30, b: 20 });
  due.soonest(subjects);
  asked();
  times.set('b', 50);
  expect(due.soonest({ ...subjects, basis: {} })).toBe(30);
  expect(asked()).toEqual(['a', 'b']);
});

it('takes the names of what is due by a time, in their order, and asks these again', () => {
  const { due, subjects, times, asked } = subjectsAt({ c: 10, a: 20, b: 20, d: 21 });
  due.soonest(subjects);
  asked();
  expect(due.take(20)).toEqual(['a', 'b', 'c']);
  times.set('c', 90);
  expect(due.soonest(subjects)).toBe(20);
  expect(asked()).toEqual(['a', 'b', 'c']);
  expect(due.take(20)).toEqual(['a', 'b']);
});

it('has no longer the time that a subject had before it was touched', () => {
  const { due, subjects, times } = subjectsAt({ a: 10, b: 20, c: 30, d: 35 });
  due.soonest(subjects);
  for (const at of [25, 40, never]) {
    for (const name of ['a', 'c']) {
      times.set(name, at);
      due.touch(name);
    }
    expect(due.soonest(subjects)).toBe(20);
  }
  expect(due.take(40)).toEqual(['b', 'd']);
});

it('forgets the time of the subject that was touched, and not of another subject that is due at once with it', () => {
  const { due, subjects, times } = subjectsAt({ a: 10, b: 10, c: 10 });
  due.soonest(subjects);
  for (const name of ['a', 'b', 'c']) {
    times.set(name, 25);
    due.touch(name);
  }
  due.soonest(subjects);
  times.set('a', 40);
  due.touch('a');
  due.soonest(subjects);
  expect(due.take(25)).toEqual(['b', 'c']);
});

it('has copies that do not change with it', () => {
  const { due, subjects, times, asked } = subjectsAt({ a: 30, b: 20 });
  due.soonest(subjects);
  due.touch('a');
  const copy = due.copy();
  times.set('a', 5);
  expect(due.soonest(subjects)).toBe(5);
  asked();
  times.set('a', 25);
  expect(copy.soonest(subjects)).toBe(20);
  expect(asked()).toEqual(['a']);
  expect(due.take(10)).toEqual(['a']);
  expect(copy.take(25)).toEqual(['a', 'b']);
});

it('has copies that keep a time, although the original learns another', () => {
  const { due, subjects, times } = subjectsAt({ a: 30, b: 20 });
  due.soonest(subjects);
  const copy = due.copy();
  times.set('a', 50);
  due.touch('a');
  due.soonest(subjects);
  expect({ original: due.take(30), copy: copy.take(30) }).toEqual({ original: ['b'], copy: ['a', 'b'] });
});
