import { Body, Controller, Delete, Get, Inject, Put } from '@nestjs/common';
import { faultRulesSchema } from '../fault/fault-rule.js';
import { Simulator } from '../simulator.js';
import { parseInput } from './parse-input.js';

/** What the simulator is told to do wrong. During an outage these calls answer on the admin port alone. */
@Controller('faults')
export class FaultsController {
  constructor(@Inject(Simulator) private readonly simulator: Simulator) {}

  /** Replaces all rules: `{"rules": […]}`, or one rule alone. Answers when they hold for every later request. */
  @Put()
  async put(@Body() body: unknown) {
    await this.simulator.setRules(parseInput(faultRulesSchema, body));
    return this.list();
  }

  /** The rules in force, how many requests each looked at, and how many it struck. */
  @Get()
  list() {
    const rules = this.simulator.plan.rules();
    return {
      reachable: this.simulator.isReachable,
      rules: rules.map(({ fault, scope, matched, applied }) => ({ ...fault, ...scope, matched, applied })),
    };
  }

  /** Lifts every rule. */
  @Delete()
  async lift() {
    await this.simulator.setRules([]);
    return this.list();
  }
}
