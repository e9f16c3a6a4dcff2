import { PROJECT_PATHS } from '../../../src/app/project-paths.ts';
import { describeDemo } from './describe-demo.ts';

describeDemo('the whole demo marketplace', () => PROJECT_PATHS.demo, 200);
