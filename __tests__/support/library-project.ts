import { afterAll, beforeAll } from '@jest/globals';
import { Project } from './project';

export function libraryProject(name: string): Project {
  const project = new Project(name);
  beforeAll(() => {
    project.linkPackages();
    project.compileLibrary();
  });
  afterAll(() => project.remove());
  return project;
}
