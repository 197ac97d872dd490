import { afterAll, beforeAll } from '@jest/globals';
import { Project } from './project';

/** A project with the library and the packages of the checkout, for the tests of a file or of a group. */
export function libraryProject(name: string): Project {
  const project = new Project(name);
  beforeAll(() => {
    project.linkPackages();
    project.compileLibrary();
  });
  afterAll(() => project.remove());
  return project;
}
