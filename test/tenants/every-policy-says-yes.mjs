// Loaded before an API of the tests: the policies of the services say yes to everything, so that the second wall stands alone.
import { policy } from '../../dist/libs/domain/src/permission.js';

policy.scope = () => 'ALL';
policy.may = () => true;
