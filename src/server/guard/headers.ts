import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

const common: Parameters<typeof secureHeaders>[0] = {
  strictTransportSecurity: false,
  referrerPolicy: 'no-referrer',
  crossOriginResourcePolicy: 'same-origin',
  crossOriginOpenerPolicy: 'same-origin',
};

/** The page: its own files only, no inline script or style, in nobody's frame. */
const page = secureHeaders({
  ...common,
  xFrameOptions: 'DENY',
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    frameSrc: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
  },
});

/** A report, which anybody may have put into the folder: pictures and styles, no script at all. */
const report = secureHeaders({
  ...common,
  xFrameOptions: 'SAMEORIGIN',
  contentSecurityPolicy: {
    sandbox: ['allow-popups'],
    defaultSrc: ["'none'"],
    imgSrc: ['data:'],
    styleSrc: ["'unsafe-inline'"],
    frameAncestors: ["'self'"],
  },
});

/** Tells browsers what the answers may do. */
export const carefulHeaders = createMiddleware(async (context, next) => {
  await (context.req.path.endsWith('/report') ? report : page)(context, next);
  if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
});
