/** A file that breaks a rule: where it stands, what it imports. `caught` is the file at the other end, as reported. */
export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly code: string;
  readonly caught: string;
}

/** The smallest tree in which every rule can be broken: fronts of the libs, and packages that are declared or are not. */
export const innocentTree: Readonly<Record<string, string>> = {
  'libs/core/src/index.ts': `export { accept } from './flow/accept.js';\nexport { phone } from './phone.js';`,
  'libs/core/src/flow/accept.ts': `import { phone } from '../phone.js';\nexport const accept = phone;`,
  'libs/core/src/phone.ts': `import { createHash } from 'node:crypto';\nimport type { Event } from '@earlybird/events';\nimport 'libphonenumber-js';\nexport const phone = (event: Event) => [event, createHash];`,
  'libs/core/src/phone.spec.ts': `import { builder } from '@earlybird/testing';\nexport default builder;`,
  'libs/events/src/index.ts': `import { once } from 'node:events';\nimport 'amqplib';\nexport interface Event { id: string }\nexport const publisher = once;`,
  'libs/rabbitmq/src/index.ts': `export { deep } from './deep.js';\nimport { publisher } from '@earlybird/events';\nimport { accept } from '@earlybird/core';\nimport 'amqplib';\nexport const consumer = [accept, publisher];`,
  'libs/rabbitmq/src/deep.ts': `export const deep = 1;`,
  'libs/rabbitmq/src/consume.strategy.ts': `import '@nestjs/microservices';\nexport {};`,
  'libs/mongodb/src/index.ts': `import 'mongoose';\nexport const store = 1;`,
  'libs/mongodb/src/mongodb.module.ts': `import '@nestjs/common';\nexport {};`,
  'libs/nunjucks/src/index.ts': `import 'nunjucks';\nexport const renderer = 1;`,
  'libs/myoperator/src/index.ts': `import 'axios';\nexport const sender = 1;`,
  'libs/ops/src/index.ts': `import 'pino';\nexport const log = () => import('./trace/otlp/otlp-spans.js');`,
  'libs/ops/src/trace/otlp/otlp-spans.ts': `import '@opentelemetry/api';\nexport const spans = 1;`,
  'libs/testing/src/index.ts': `import 'jest';\nexport const builder = 1;`,
  'apps/worker/src/main.ts': `import { consumer } from '@earlybird/rabbitmq';\nexport const worker = consumer;`,
  'apps/worker/test/worker.e2e.ts': `import { builder } from '@earlybird/testing';\nexport default builder;`,
  'apps/api/src/main.ts': `import { store } from '@earlybird/mongodb';\nexport const api = store;`,
  'apps/api/src/first-half.ts': `export default 1;`,
  'apps/api/src/second-half.ts': `import first from './first-half.js';\nexport default first;`,
  'tools/token/main.ts': `import { store } from '@earlybird/mongodb';\nimport 'pg';\nexport const token = store;`,
};

/** Packages of the innocent tree: how package.json declares them, or `undeclared`. */
export const packages = {
  dependencies: [
    'amqplib',
    'axios',
    'libphonenumber-js',
    'mongoose',
    'nunjucks',
    '@opentelemetry/api',
    'pino',
    '@nestjs/common',
    '@nestjs/microservices',
  ],
  devDependencies: ['jest', 'pg'],
  undeclared: ['left-behind'],
} as const;

/** At least one for every rule. */
export const violations: readonly Violation[] = [
  {
    rule: 'core-is-pure',
    file: 'libs/core/src/leaky.ts',
    code: `import { readFileSync } from 'node:fs';\nexport default readFileSync;`,
    caught: 'fs',
  },
  {
    rule: 'core-is-pure',
    file: 'libs/core/src/chatty.ts',
    code: `import axios from 'axios';\nexport default axios;`,
    caught: 'node_modules/axios/index.js',
  },
  {
    rule: 'core-takes-only-types-of-events',
    file: 'libs/core/src/schema-bound.ts',
    code: `import { publisher } from '@earlybird/events';\nexport default publisher;`,
    caught: 'libs/events/src/index.ts',
  },
  {
    rule: 'events-stand-alone',
    file: 'libs/events/src/dependent.ts',
    code: `import { log } from '@earlybird/ops';\nexport default log;`,
    caught: 'libs/ops/src/index.ts',
  },
  {
    rule: 'events-stand-alone',
    file: 'libs/events/src/heavy.ts',
    code: `import pino from 'pino';\nexport default pino;`,
    caught: 'node_modules/pino/index.js',
  },
  {
    rule: 'flow-comes-last',
    file: 'libs/core/src/premature.ts',
    code: `import { accept } from './flow/accept.js';\nexport default accept;`,
    caught: 'libs/core/src/flow/accept.ts',
  },
  {
    rule: 'adapters-know-only-core',
    file: 'libs/mongodb/src/nosy.ts',
    code: `import type { consumer } from '@earlybird/rabbitmq';\nexport type Nosy = typeof consumer;`,
    caught: 'libs/rabbitmq/src/index.ts',
  },
  {
    rule: 'adapters-know-only-core',
    file: 'libs/ops/src/publishing.ts',
    code: `import { publisher } from '@earlybird/events';\nexport default publisher;`,
    caught: 'libs/events/src/index.ts',
  },
  {
    rule: 'rabbitmq-knows-core-and-events',
    file: 'libs/rabbitmq/src/storing.ts',
    code: `import { store } from '@earlybird/mongodb';\nexport default store;`,
    caught: 'libs/mongodb/src/index.ts',
  },
  ...(['rabbitmq', 'mongodb', 'nunjucks', 'myoperator', 'ops'] as const).map((adapter) => ({
    rule: `${adapter}-has-one-technology`,
    file: `libs/${adapter}/src/versatile.ts`,
    code: `import phone from 'libphonenumber-js';\nexport default phone;`,
    caught: 'node_modules/libphonenumber-js/index.js',
  })),
  {
    rule: 'opentelemetry-is-loaded-on-demand',
    file: 'libs/ops/src/hasty.ts',
    code: `import '@opentelemetry/api';\nexport {};`,
    caught: 'node_modules/@opentelemetry/api/index.js',
  },
  {
    rule: 'nest-only-in-modules',
    file: 'libs/myoperator/src/injected.ts',
    code: `import { Injectable } from '@nestjs/common';\nexport default Injectable;`,
    caught: 'node_modules/@nestjs/common/index.js',
  },
  {
    rule: 'test-code-only-in-tests',
    file: 'apps/api/src/faked.ts',
    code: `import { builder } from '@earlybird/testing';\nexport default builder;`,
    caught: 'libs/testing/src/index.ts',
  },
  {
    rule: 'test-code-only-in-tests',
    file: 'libs/core/src/tested.ts',
    code: `import spec from './phone.spec.js';\nexport default spec;`,
    caught: 'libs/core/src/phone.spec.ts',
  },
  {
    rule: 'front-door-only',
    file: 'apps/worker/src/burglar.ts',
    code: `import { deep } from '../../../libs/rabbitmq/src/deep.js';\nexport default deep;`,
    caught: 'libs/rabbitmq/src/deep.ts',
  },
  {
    rule: 'front-door-only',
    file: 'tools/rabbitmq/namesake.ts',
    code: `import { deep } from '../../libs/rabbitmq/src/deep.js';\nexport default deep;`,
    caught: 'libs/rabbitmq/src/deep.ts',
  },
  {
    rule: 'by-name-only',
    file: 'apps/worker/src/nameless.ts',
    code: `import { log } from '../../../libs/ops/src/index.js';\nexport default log;`,
    caught: 'libs/ops/src/index.ts',
  },
  {
    rule: 'apps-do-not-meet',
    file: 'apps/api/src/sociable.ts',
    code: `import { worker } from '../../worker/src/main.js';\nexport default worker;`,
    caught: 'apps/worker/src/main.ts',
  },
  {
    rule: 'apps-do-not-meet',
    file: 'tools/token/close.ts',
    code: `import { worker } from '../../apps/worker/src/main.js';\nexport default worker;`,
    caught: 'apps/worker/src/main.ts',
  },
  {
    rule: 'tools-are-not-shipped',
    file: 'apps/worker/src/propped.ts',
    code: `import { token } from '../../../tools/token/main.js';\nexport default token;`,
    caught: 'tools/token/main.ts',
  },
  {
    rule: 'production-has-no-development-package',
    file: 'apps/worker/src/fragile.ts',
    code: `import pg from 'pg';\nexport default pg;`,
    caught: 'node_modules/pg/index.js',
  },
  {
    rule: 'packages-are-declared',
    file: 'apps/worker/src/squatter.ts',
    code: `import left from 'left-behind';\nexport default left;`,
    caught: 'node_modules/left-behind/index.js',
  },
  {
    rule: 'imports-resolve',
    file: 'apps/worker/src/lost.ts',
    code: `import nowhere from './nowhere.js';\nexport default nowhere;`,
    caught: './nowhere.js',
  },
  {
    // Takes the place of the innocent half.
    rule: 'no-cycles',
    file: 'apps/api/src/first-half.ts',
    code: `import second from './second-half.js';\nexport default second;`,
    caught: 'apps/api/src/second-half.ts',
  },
];
