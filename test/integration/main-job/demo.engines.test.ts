import { PROJECT_PATHS } from '../../../src/app/project-paths.ts';
import { describeDemo } from './describe-demo.ts';

// The whole of it takes minutes, so it is for the run on real engines; `assay demo` does the same on any.
describeDemo('the demo marketplace', () => PROJECT_PATHS.demo, 200);
