/** Parts of a page by name, which a command writes between `<!-- name -->` and `<!-- end -->`. */
export type Blocks = Readonly<Record<string, string>>;

const block = /(<!-- (?!end -->)(\S+) -->\n)[\s\S]*?(?=<!-- end -->)/g;

/** A page with its blocks written anew. @throws Error where the page and the blocks do not match */
export function withBlocks(page: string, blocks: Blocks): string {
  const found = new Set<string>();
  const written = page.replace(block, (_, opening: string, name: string) => {
    found.add(name);
    if (!Object.hasOwn(blocks, name))
      throw new Error(`the page asks for ${name}, which nothing makes`);
    return `${opening}\n${blocks[name].trim()}\n\n`;
  });
  const missing = Object.keys(blocks).filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`the page has no place for ${missing.join(', ')}`);
  return written;
}
