import { checkSettings } from './check-settings.js';

const secrets = {
  JWT_SECRET: 'a-secret-of-at-least-32-characters',
  WEBHOOK_API_KEY: 'a-key-of-16-or-more-characters',
  MYOPERATOR_API_KEY: 'key',
  MYOPERATOR_API_SECRET: 'secret',
  MYOPERATOR_ACCOUNT_ID: 'account',
  MYOPERATOR_WHATSAPP_NUMBER: '+919999988888',
};

describe('checkSettings', () => {
  it('is content with the secrets alone, for both contracts of the provider', () => {
    expect(() => checkSettings(secrets)).not.toThrow();
    expect(() => checkSettings({ ...secrets, MYOPERATOR_API: 'chat' })).not.toThrow();
  });

  it('names the faults of several apps at once', () => {
    const settings = { ...secrets, NOTIFICATION_QUEUE_RETRY_ATTEMPTS: 'many', STOREFRONT_PORT: 'front' };
    expect(() => checkSettings(settings)).toThrow(/NOTIFICATION_QUEUE_RETRY_ATTEMPTS[^]*STOREFRONT_PORT/);
  });

  it('demands the credentials of a real provider', () => {
    const settings = { ...secrets, MYOPERATOR_BASE_URL: 'https://api.example.com', MYOPERATOR_API: 'chat' };
    expect(() => checkSettings(settings)).toThrow(/MYOPERATOR_TOKEN/);
  });
});
