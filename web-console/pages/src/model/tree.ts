import type { Category, Unit } from './types'

/** One entry of a picker. `key` is unique; only `selectable` entries can be chosen. */
export interface Node {
  key: string
  parent: string | null
  label: string
  code: string
  selectable: boolean
}

export interface Row {
  node: Node
  depth: number
  hasChildren: boolean
  /** Names of the ancestors, only for rows that were found by a search. */
  path: string
}

export const categoryKey = (it: { kind: string; code: string }): string => `${it.kind}:${it.code}`

export function categoryNodes(categories: readonly Category[], label: (it: Category) => string): Node[] {
  return categories.map((it) => ({
    key: categoryKey(it),
    parent: it.parent === null ? null : `${it.kind}:${it.parent}`,
    label: label(it),
    code: it.code,
    selectable: it.leaf,
  }))
}

export function unitNodes(units: readonly Unit[], label: (it: Unit) => string): Node[] {
  return units.map((it) => ({ key: it.code, parent: it.parent, label: label(it), code: it.code, selectable: true }))
}

/** A unit's code and those of all units below it. */
export function descendants(units: readonly Unit[], code: string): Set<string> {
  const found = new Set([code])
  for (let grown = true; grown;) {
    grown = false
    for (const it of units)
      if (it.parent !== null && found.has(it.parent) && !found.has(it.code)) {
        found.add(it.code)
        grown = true
      }
  }
  return found
}

/** The visible rows of the tree: all roots, and the children of what is expanded. */
export function treeRows(nodes: readonly Node[], expanded: ReadonlySet<string>): Row[] {
  const keys = new Set(nodes.map((node) => node.key))
  const children = new Map<string | null, Node[]>()
  for (const node of nodes) {
    // A child of something unknown is shown as a root rather than lost.
    const parent = node.parent !== null && keys.has(node.parent) ? node.parent : null
    const siblings = children.get(parent)
    if (siblings) siblings.push(node)
    else children.set(parent, [node])
  }
  const rows: Row[] = []
  const walk = (parent: string | null, depth: number): void => {
    for (const node of children.get(parent) ?? []) {
      const hasChildren = children.has(node.key)
      rows.push({ node, depth, hasChildren, path: '' })
      if (hasChildren && expanded.has(node.key)) walk(node.key, depth + 1)
    }
  }
  walk(null, 0)
  return rows
}

/** Selectable entries whose name or code holds every word of the query; beginnings first. */
export function searchRows(nodes: readonly Node[], query: string, limit: number): Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  const first = words[0] ?? ''
  return nodes
    .filter((node) => {
      const text = `${node.label} ${node.code}`.toLowerCase()
      return node.selectable && words.every((word) => text.includes(word))
    })
    .map((node) => ({ node, depth: 0, hasChildren: false, path: pathOf(node, byKey) }))
    .sort((a, b) => place(a.node, first) - place(b.node, first))
    .slice(0, limit)
}

function place(node: Node, word: string): number {
  const at = node.label.toLowerCase().indexOf(word)
  return node.code.startsWith(word) ? -1 : at < 0 ? 1000 : at
}

function pathOf(node: Node, byKey: ReadonlyMap<string, Node>): string {
  const names: string[] = []
  const seen = new Set([node.key])
  for (let at = node.parent; at !== null && !seen.has(at);) {
    seen.add(at)
    const up = byKey.get(at)
    if (!up) break
    names.unshift(up.label)
    at = up.parent
  }
  return names.join(' › ')
}
