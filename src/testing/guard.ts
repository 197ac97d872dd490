import { hostKinds, startHostGuard } from '../capture/host-guard';
import { testFileIsOver } from '../mock/test-file';
import { whenFileEnds } from './end-of-file';

const why =
  'no mock runs that answers it, and s3-versioning-mock/guard was imported. Call mockS3() before this request is sent';
const kindOf = hostKinds();

const endGuard = startHostGuard({
  whyRefused: (host, port) => (kindOf(host, port) === undefined ? undefined : why),
  fileIsOver: testFileIsOver,
});
whenFileEnds(endGuard, testFileIsOver);
