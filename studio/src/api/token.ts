const key = 'shakelab-token';

/**
 * The token that allows to start and stop runs. The address that `shakelab studio` prints carries
 * it behind the #, which no server sees; it is kept for this tab and taken out of the address.
 */
export function token(): string | null {
  return sessionStorage.getItem(key);
}

/** Moves the token of the address, if it has one, into the tab's storage. */
export function adoptToken(): void {
  const match = /^#(?:(?<route>.*)[&?])?token=(?<token>[^&]+)$/.exec(location.hash);
  if (!match?.groups) return;
  sessionStorage.setItem(key, match.groups.token);
  history.replaceState(null, '', `${location.pathname}#${match.groups.route ?? ''}`);
}
