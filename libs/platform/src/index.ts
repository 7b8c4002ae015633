export { Clock } from './clock.js';
export { CONFIG_VARIABLES, ConfigError, loadConfig, type Config } from './config.js';
export { DATABASE_ROLES, rolePassword, roleUrl } from './database-urls.js';
export { randomToken, sha256, uuid } from './digest.js';
export { HealthRegistry } from './health.js';
export { Logger, nestLogger } from './logger.js';
export { Metrics } from './metrics.js';
export { CONFIG, PlatformModule } from './platform.module.js';
export { projectRoot } from './project-root.js';
