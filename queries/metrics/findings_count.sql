-- title: 数据问题数 | Findings in the data
-- unit: 处 | findings     better: down        version: 1
-- group: data             decimals: 0
-- definition: 期内数据中违反校验规则之处的数目，按所指数据的日期统计；所指数据没有日期的，按该批次截止日统计。 | Places in the data that break a rule, by the day of the row they point to; where that has none, by the last day its batch speaks for.
-- words: 数据问题, 数据问题处数, 校验问题数, 违反校验规则数 | data problems, data findings, rule violations
-- value: count(*)         window: period      when_none: 0
-- dimensions: rule
-- for: owners
-- people: none            tables: all
-- One row per finding.
select
    findings.community,
    coalesce(findings.day, batches.as_of) as day,
    findings.check_name as rule,
    findings.detail,
    findings.expected as rule_expects,
    findings.batch,
    findings.source_row,
from findings
left join batches using (batch)
where coalesce(findings.day, batches.as_of) is not null
