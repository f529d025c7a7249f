import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new token: 192 bits that nobody guesses. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/** Whether two secrets are the same; takes as long whatever they have in common. */
export function sameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
