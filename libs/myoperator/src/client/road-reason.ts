import { type RoadReason } from './exchange.js';

/** Codes of Node's and undici's errors before a request is written. */
const reasons: Readonly<Record<string, RoadReason>> = {
  ECONNREFUSED: 'connection_refused',
  ENOTFOUND: 'dns_failure',
  EAI_AGAIN: 'dns_failure',
  EAI_FAIL: 'dns_failure',
  EAI_NODATA: 'dns_failure',
  EHOSTUNREACH: 'no_route',
  ENETUNREACH: 'no_route',
  ENETDOWN: 'no_route',
  EHOSTDOWN: 'no_route',
  EADDRNOTAVAIL: 'no_route',
  ETIMEDOUT: 'connect_timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  ECONNABORTED: 'connection_reset',
  UND_ERR_SOCKET: 'connection_reset',
  UND_ERR_INVALID_ARG: 'request_invalid',
  ERR_INVALID_CHAR: 'request_invalid',
  EPROTO: 'tls_failure',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_failure',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_failure',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls_failure',
  UNABLE_TO_GET_ISSUER_CERT: 'tls_failure',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls_failure',
  HOSTNAME_MISMATCH: 'tls_failure',
};

/** Families of codes of TLS; OpenSSL and Node have dozens. */
const tlsCode = /^(ERR_TLS_|ERR_SSL_|CERT_)/;

/** The reason behind an error that came before the request was written. Only its code is looked at: its text may hold anything. */
export function roadReason(error: unknown): RoadReason {
  const code = codeOf(error);
  return reasons[code] ?? (tlsCode.test(code) ? 'tls_failure' : 'connection_failed');
}

/** Several addresses of one name are tried at once; their errors come together. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
