import { expect, test } from 'vitest'
import { checkValueZh } from './checkValue'

test.each([
  ['0.4 s', '0.4 秒'],
  ['0 clocks', '0 个时限'],
  ['71.2 s, jumped', '71.2 秒，曾突变'],
  ['10240 MiB', '10240 MiB'],
  ['reachable', '可连接'],
  ['by trigger only', '仅由触发器保护'],
  ['being built, 12 events behind', '正在建立，落后 12 个事件'],
  ['shared 2', '已互通，2 台'],
])('%s is told in Chinese', (value, said) => {
  expect(checkValueZh(value)).toBe(said)
})

test('a version, and what nobody has said yet, stay as they came', () => {
  expect(checkValueZh('021')).toBe('021')
  expect(checkValueZh('3 furlongs')).toBe('3 furlongs')
  expect(checkValueZh('')).toBe('')
})
