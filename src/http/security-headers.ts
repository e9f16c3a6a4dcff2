import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * Security headers of every answer. Scripts come from the console's own files alone; styles may stand in the page,
 * because the console's component library writes them there. Source: OWASP ASVS 5.0 section 3.4.
 */
export const securityHeaders: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    directives: {
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'font-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'object-src': ["'none'"],
      'base-uri': ["'self'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
      // The server speaks plain HTTP, often on localhost; a proxy in front of it adds TLS.
      'upgrade-insecure-requests': null,
    },
  },
  // Whether a whole domain speaks TLS alone is for whoever runs the proxy that adds it.
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
};
