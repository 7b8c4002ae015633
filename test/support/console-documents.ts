import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import { type DefinitionNode, type FragmentDefinitionNode, Kind, parse, print, visit } from 'graphql';

/**
 * Operations of the console by name, each complete with the fragments it spreads: read from its sources, so that none is forgotten;
 * those of the first script stand as texts there, since the client comes later.
 */
export function consoleDocuments(): ReadonlyMap<string, Readonly<{ kind: 'query' | 'mutation' | 'subscription'; text: string }>> {
  const definitions = sources().flatMap((text) => [...text.matchAll(/(?:graphql\(\s*|_TEXT = )`([^`]*)`/g)].flatMap(([, document]) => parse(document as string, { noLocation: true }).definitions as DefinitionNode[]));
  const fragments = new Map(definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]));
  const found = new Map<string, Readonly<{ kind: 'query' | 'mutation' | 'subscription'; text: string }>>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const parts = [definition as DefinitionNode, ...spreads(definition, fragments)];
    found.set(definition.name?.value ?? '', { kind: definition.operation, text: parts.map(print).join('\n') });
  }
  return found;
}

function spreads(of: DefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, known = new Set<string>()): FragmentDefinitionNode[] {
  const found: FragmentDefinitionNode[] = [];
  visit(of, {
    FragmentSpread: ({ name }) => {
      const fragment = fragments.get(name.value);
      if (fragment === undefined) throw new Error(`the console spreads ${name.value}, which is nowhere`);
      if (known.has(name.value)) return;
      known.add(name.value);
      found.push(fragment, ...spreads(fragment, fragments, known));
    },
  });
  return found;
}

function sources(folder = join(projectRoot(), 'apps/web/src')): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /(?<!\.spec|\.d)\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}
