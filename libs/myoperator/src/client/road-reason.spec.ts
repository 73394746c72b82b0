import { roadReason } from './road-reason.js';

const withCode = (code: string) => Object.assign(new Error(`secret ${code}`), { code });

describe('why nothing left', () => {
  it.each([
    ['ECONNREFUSED', 'connection_refused'],
    ['ENOTFOUND', 'dns_failure'],
    ['EAI_AGAIN', 'dns_failure'],
    ['CERT_HAS_EXPIRED', 'tls_failure'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_failure'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_failure'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_failure'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect_timeout'],
    ['ECONNRESET', 'connection_reset'],
    ['EHOSTUNREACH', 'no_route'],
    ['UND_ERR_INVALID_ARG', 'request_invalid'],
    ['ESOMETHING', 'connection_failed'],
  ])('%s is %s', (code, reason) => {
    expect(roadReason(withCode(code))).toBe(reason);
  });

  it('is found in the first of several errors, one for each address that was tried', () => {
    expect(roadReason(new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')]))).toBe(
      'connection_refused',
    );
  });

  it.each([undefined, 'ECONNREFUSED', new Error('x'), new AggregateError([])])('is unlisted for %p', (thrown) => {
    expect(roadReason(thrown)).toBe('connection_failed');
  });
});
