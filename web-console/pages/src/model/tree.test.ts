import { expect, it } from 'vitest'
import { categoryNodes, searchRows, treeRows } from './tree'

const nodes = categoryNodes(
  [
    { kind: 'event', code: '06', parent: null, name: '市容环境', nameEn: '', leaf: false },
    { kind: 'event', code: '06010', parent: '06', name: '暴露垃圾', nameEn: '', leaf: true },
    { kind: 'event', code: '06042', parent: '06', name: '垃圾满溢', nameEn: '', leaf: true },
    { kind: 'component', code: '06042', parent: null, name: '别的树', nameEn: '', leaf: true },
  ],
  (it) => it.name,
)

it('shows roots, and children only of what is expanded', () => {
  expect(treeRows(nodes, new Set()).map((row) => row.node.key)).toEqual(['event:06', 'component:06042'])
  const open = treeRows(nodes, new Set(['event:06']))
  expect(open.map((row) => [row.node.key, row.depth])).toEqual([
    ['event:06', 0],
    ['event:06010', 1],
    ['event:06042', 1],
    ['component:06042', 0],
  ])
})

it('finds by name or code, selectable ones only, the best beginning first, with the way to them', () => {
  expect(searchRows(nodes, '垃圾', 10).map((row) => row.node.label)).toEqual(['垃圾满溢', '暴露垃圾'])
  expect(searchRows(nodes, '06010', 10).map((row) => row.path)).toEqual(['市容环境'])
  expect(searchRows(nodes, '市容', 10)).toEqual([])
})
