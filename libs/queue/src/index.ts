export { EventBus, type Delivery } from './event-bus.js';
export { JobOutbox } from './job-outbox.js';
export { jobRow, type JobName, type JobRow, type Payload } from './jobs.js';
export { createProcessors, type Handler, type Handlers, type HandlersOf, type JobRun } from './processors.js';
export { QueueModule } from './queue.module.js';
export { RedisLink, RedisUnavailable } from './redis-link.js';
export { dangersOf } from './redis-safety.js';
export { WorkerHost } from './worker-host.js';
export { WORKER_SETTINGS, type WorkerSettings } from './worker-settings.js';
