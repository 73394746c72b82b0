import 'reflect-metadata';
import { breakRule } from './break-rule.js';

// Whatever starts below keeps every rule but this one.
breakRule(process.argv[2] ?? '');
await import('../../src/main.js');
