-- title: 需求对接数 | Needs matched
-- unit: 条 | needs        better: up          version: 1
-- group: concerns         decimals: 0
-- definition: 期内完成对接的需求条目数，按对接日期统计，与何时登记无关。 | Number of needs matched, by day matched, whenever they were opened.
-- words: 对接需求数, 已对接需求数, 需求对接条数, 需求对接成功数 | matched needs, number of needs matched, needs met
-- value: count(*)         window: period      when_none: 0
-- needs: matched_on where kind = 'need'
-- people: cases           tables: exchanges
-- One row per need matched.
select community, matched_on as day, title, batch, source_row
from exchanges
where kind = 'need' and matched_on is not null
