import { startHostGuard } from '../capture/host-guard';
import { testFileIsOver } from '../mock/test-file';
import { whenFileEnds } from './end-of-file';

const endGuard = startHostGuard({
  refusesOwnHosts: () => false,
  why: 'no mock runs that answers it, and s3-versioning-mock/guard was imported. Call mockS3() before this request is sent',
  fileIsOver: testFileIsOver,
});
whenFileEnds(endGuard, testFileIsOver);
