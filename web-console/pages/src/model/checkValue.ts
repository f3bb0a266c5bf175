/**
 * What a check measured, as the server tells it to machines ("0.4 s", "ready, 0 events behind"), in Chinese. What is not
 * known here stays as it came.
 */
const UNITS: Record<string, string> = {
  s: '秒',
  MiB: 'MiB',
  statements: '条语句',
  clocks: '个时限',
  events: '个事件',
  messages: '条提醒',
}

const WORDS: Record<string, string> = {
  reachable: '可连接',
  off: '未启用',
  works: '正常',
  fails: '失败',
  'by role': '由数据库角色保护',
  'by trigger only': '仅由触发器保护',
}

const CLUSTER: Record<string, string> = { starting: '正在启动', shared: '已互通', alone: '未互通' }

export function checkValueZh(value: string): string {
  const known = WORDS[value]
  if (known) return known
  const measured = /^(-?[\d.]+) ([A-Za-z]+)(, jumped)?$/.exec(value)
  const unit = UNITS[measured?.[2] ?? '']
  if (measured && unit) return `${measured[1]} ${unit}${measured[3] ? '，曾突变' : ''}`
  const index = /^(ready|being built), (\d+) events behind$/.exec(value)
  if (index) return `${index[1] === 'ready' ? '可用' : '正在建立'}，落后 ${index[2]} 个事件`
  const cluster = /^(starting|shared|alone) (\d+)$/.exec(value)
  if (cluster) return `${CLUSTER[cluster[1] ?? '']}，${cluster[2]} 台`
  return value
}
