export { EventBus, type Delivery, type SubscribeOptions } from './event-bus.js';
export { JobOutbox, type Sent } from './job-outbox.js';
export { JOBS, JOB_NAMES, QUEUES, isJobName, jobRow, type JobName, type JobRow, type JobsOf, type Payload, type QueueName } from './jobs.js';
export { BadDelivery, createProcessors, type Handler, type Handlers, type HandlersOf, type JobRun, type Processor, type Processors } from './processors.js';
export { QueueModule, RedisLinks } from './queue.module.js';
export { RedisLink, RedisUnavailable } from './redis-link.js';
export { dangersOf } from './redis-safety.js';
export { TOPICS, type EventOf, type TopicName } from './topics.js';
export { WORKER_SETTINGS, WorkerHost, type WorkerSettings, type WorkerState } from './worker-host.js';
