import { canonicalJson } from '@meriden/domain';
process.stdout.write(canonicalJson({ app: 'worker' }));
