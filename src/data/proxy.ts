/**
 * `fetch` through the proxy that the environment names for an address, else without one: Node's own
 * heeds `HTTPS_PROXY` only in its later versions, and only where it is told to.
 */
export async function fetchByProxy(url: string, init: RequestInit): Promise<Response> {
  const uri = proxyOf(new URL(url));
  if (uri === null) return fetch(url, init);
  const { ProxyAgent, fetch: fetchBy } = await import('undici');
  const dispatcher = new ProxyAgent({ uri, proxyTunnel: false });
  const { headers, signal } = init;
  const request = { headers: headers as Record<string, string>, signal, dispatcher };
  return (await fetchBy(url, request)) as unknown as Response;
}

/** The proxy for an address by curl's variables, small or capital, or null; `NO_PROXY` takes hosts out. */
function proxyOf({ protocol, hostname }: URL): string | null {
  const proxy = variable(protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  const excepted = variable('NO_PROXY').split(/[\s,]+/);
  const isExcepted = excepted.some(
    (host) =>
      host === '*' || (host !== '' && `.${hostname}`.endsWith(`.${host.replace(/^\./, '')}`)),
  );
  return proxy === '' || isExcepted ? null : proxy;
}

const variable = (name: string): string =>
  process.env[name.toLowerCase()] || process.env[name] || '';
