import { type EventCustomer } from '@earlybird/events';

/**
 * The six customers that every storefront starts with; the first one is meant where a call names nobody. Half of them
 * consented to marketing, two read Hindi. The people and their numbers are made up, and none of the numbers has a
 * meaning to the simulator.
 */
export const demoCustomers = [
  { id: 'cust_1', name: 'Asha Rao', phone: '+919876543201', language: 'en', marketing_consent: true },
  { id: 'cust_2', name: 'Rahul Verma', phone: '+919876543202', language: 'hi', marketing_consent: true },
  { id: 'cust_3', name: 'Meera Iyer', phone: '+919876543203', language: 'en', marketing_consent: true },
  { id: 'cust_4', name: 'Sunita Devi', phone: '+919876543204', language: 'hi', marketing_consent: false },
  { id: 'cust_5', name: 'Imran Shaikh', phone: '+919876543205', language: 'en', marketing_consent: false },
  { id: 'cust_6', name: "Joseph D'Souza", phone: '+919876543206', language: 'en', marketing_consent: false },
] as const satisfies readonly EventCustomer[];
