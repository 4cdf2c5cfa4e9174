-- What the build knows of the district and its batches, beside the canonical tables.

-- One row per community, in the order of the settings.
create table communities (
    place integer not null,
    community varchar not null primary key,
    name_zh varchar not null,
    name_en varchar not null,
    short_zh varchar not null,
    short_en varchar not null,
    since date not null,
);

-- One row per community: the number of the area it lies in, from 1; small counts of an area are
-- protected together. Without rows there are none, and all are protected together.
create table areas (
    community varchar not null primary key,
    area integer not null,
);

-- One row per community and figure of its population, with the days for which it is the newest; a
-- period uses that of its last day. The first also stands for the days before it. Null: not known.
create table populations (
    community varchar not null,
    from_day date not null,
    to_day date not null,
    residents integer,
    households integer,
);

-- One row per community, table and part that the district expects, with the days, and the months
-- that are sent at once.
create table expected (
    community varchar not null,
    tbl varchar not null,
    part varchar not null,
    first_day date not null,
    last_day date not null,
    months integer not null,
);

-- One row per span of days that rows came for although nothing is expected for them.
create table unexpected (
    community varchar not null,
    tbl varchar not null,
    part varchar not null,
    first_day date not null,
    last_day date not null,
);

-- One row per community, table, part and month of which some days are expected: these days, and
-- the last day of the months that are sent together with it.
create table due (
    community varchar not null,
    tbl varchar not null,
    part varchar not null,
    period varchar not null,
    first_day date not null,
    last_day date not null,
    ends_on date not null,
);

-- One row per span of days that batches speak for; spans of one part never overlap.
create table covered (
    community varchar not null,
    tbl varchar not null,
    part varchar not null,
    first_day date not null,
    last_day date not null,
);

-- One row per batch that stands.
create table batches (
    batch integer not null primary key,
    source varchar not null,
    title_zh varchar not null,
    title_en varchar not null,
    community varchar not null,
    part varchar not null,
    replaces varchar not null,
    tables varchar[] not null,
    as_of date not null,
    covers varchar not null,
    imported_at timestamp not null,
    imported_by varchar not null,
    read_rows integer not null,
    accepted integer not null,
    quarantined integer not null,
    set_aside integer not null,
);

-- One row per file of a batch; `file` counts from 1, as in source_row. There `cell` is the column,
-- from 1, of a cross-tab's cell; else 0.
create table files (
    batch integer not null,
    file integer not null,
    name varchar not null,
    sheets varchar[] not null,
);

-- One row per need of a metric for a column that no sheet of a batch has: the need, as the header of
-- the metric says it.
create table lacking_columns (
    batch integer not null,
    tbl varchar not null,
    need varchar not null,
);

-- One row per span of days for which the rows of a batch's table count.
create table counting (
    batch integer not null,
    community varchar not null,
    tbl varchar not null,
    part varchar not null,
    replaces varchar not null,
    first_day date not null,
    last_day date not null,
    rank integer not null,
);

-- One row per batch, tables and month of rows in quarantine that nothing has replaced: how many
-- there are, and between which days. Where no month is known they are those the batch speaks for.
create table to_correct (
    batch integer not null,
    community varchar not null,
    tables varchar[] not null,
    first_day date not null,
    last_day date not null,
    "rows" integer not null,
);

-- One row per target: the newest entry, else district.toml.
create table targets (
    community varchar not null,
    metric varchar not null,
    period varchar not null,
    target double not null,
);

-- One row per value that a check reads.
create table rules (
    check_name varchar not null,
    community varchar not null,
    value double not null,
);

-- One row per way of writing a merchant that an entry declares to mean another.
create table merchant_aliases (
    written varchar not null primary key,
    merchant varchar not null,
);

-- One row per member of a column, as written, that an entry lets count as another.
create table united_members (
    tbl varchar not null,
    column_name varchar not null,
    written varchar not null,
    means varchar not null,
);

-- One row per period that metrics are computed for.
create table periods (
    grain varchar not null,
    period varchar not null,
    first_day date not null,
    last_day date not null,
);

-- One row per entry that the newest full roster no longer holds; `day` is that roster's as-of day.
create table dropouts (
    community varchar not null,
    tbl varchar not null,
    entry varchar not null,
    day date not null,
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer, cell integer) not null,
);

-- One row per span of days of which not all is known that metrics count: only a total, of a canonical
-- table's rows that tell of more than a day or of a measure that stands in its place; or rows of
-- which no sheet had what is `lacking`, as of `lacking_columns`.
create table spans (
    community varchar not null,
    tbl varchar not null,
    measure varchar,
    first_day date not null,
    last_day date not null,
    lacking varchar,
);

-- One row per person known in a community by a name, or a phone, alone.
create table lone_names (
    community varchar not null,
    resident varchar not null,
);

-- One row per set of keys seen in a community, with the person it belongs to; for the next build.
create table identities (
    community varchar not null,
    name_key varchar,
    phone_key varchar,
    id_key varchar,
    resident varchar not null,
    stands_alone boolean not null,
);

-- One row per member of a sensitive dimension of which few tell of nobody; all others may.
create table ordinary_members (
    dimension varchar not null,
    member varchar not null,
);

-- One row per metric, place, period and, where a dimension is named, member of it.
create table metric_values (
    metric varchar not null,
    community varchar not null,
    grain varchar not null,
    period varchar not null,
    dimension varchar,
    member varchar,
    value double,
    numerator double,
    denominator double,
    people bigint,
    state varchar not null,
);

-- The same, with small counts of people withheld so that subtraction does not bring them back.
create table published_values as from metric_values;

-- One row per offence against a rule.
create table findings (
    check_name varchar not null,
    community varchar not null,
    day date,
    batch integer,
    source_row struct(file integer, sheet integer, "row" integer, cell integer),
    detail varchar,
    expected varchar,
);

-- One row per part that a later build may carry over: the rows of a canonical table (kind) and a
-- community (name), or a metric; with the fingerprint of what it was made of.
create table made_of (
    kind varchar not null,
    name varchar not null,
    fingerprint varchar not null,
);

-- One row per metric, place and month: what may be said of its value. `signals` are the points of
-- the month with a signal besides the judged one.
create table verdicts (
    metric varchar not null,
    community varchar not null,
    grain varchar not null,
    period varchar not null,
    verdict varchar not null,
    reason varchar not null,
    rules varchar[] not null,
    chart varchar not null,
    judged_grain varchar not null,
    judged_period varchar not null,
    count integer not null,
    centre double,
    lower double,
    upper double,
    signals struct(period varchar, verdict varchar)[] not null,
);

-- One row per metric and place: the fingerprint of all that its verdicts were worked out from.
create table judged (
    metric varchar not null,
    community varchar not null,
    fingerprint varchar not null,
);

-- The word without the numbers it rests on; withheld where the value is.
create view published_verdicts as
select
    verdicts.* replace (
        case when published.state = 'withheld' then 'withheld' else verdict end as verdict,
        case when published.state = 'withheld' then 'state' else reason end as reason,
        []::varchar[] as rules,
        case when published.state = 'withheld' then 'none' else chart end as chart,
        case when published.state = 'withheld' then 'none' else judged_grain end as judged_grain,
        '' as judged_period,
        0 as count,
        null::double as centre,
        null::double as lower,
        null::double as upper,
        []::struct(period varchar, verdict varchar)[] as signals
    )
from verdicts
join published_values as published using (metric, community, grain, period)
where published.dimension is null;

-- One row per metric, community, grain and period of what the same people add to again: how many
-- have something, and the sum of their squared sums; null where totals do not tell whose it is.
create table spreads (
    metric varchar not null,
    community varchar not null,
    grain varchar not null,
    period varchar not null,
    people bigint not null,
    squares double,
);

-- One row per metric: the fingerprint of what its spreads were made of.
create table spread_of (
    metric varchar not null,
    fingerprint varchar not null,
);

-- One row per metric, grain and period in which communities are compared: the rate of all, the
-- variance of a rate of size 1, how many times chance's the variance between them is, and the
-- fingerprint of all it was worked out from.
create table comparisons (
    metric varchar not null,
    grain varchar not null,
    period varchar not null,
    how varchar not null,
    rate double not null,
    unit_variance double,
    dispersion double,
    fingerprint varchar not null,
);

-- One row per community compared: its rate is `number` out of `size`, in an interval of 95 %.
create table told_apart (
    metric varchar not null,
    community varchar not null,
    grain varchar not null,
    period varchar not null,
    number double not null,
    size double not null,
    lower double,
    upper double,
    others double,
    against varchar not null,
    leads boolean not null,
);

-- Where anything that is compared is withheld there is no comparison. How much people differ is
-- published of nothing, so of sums the word stands without the interval.
create view published_comparisons as
select
    comparisons.* replace (
        case when how = 'sums' then null else unit_variance end as unit_variance,
        case when how = 'sums' then null else dispersion end as dispersion,
        '' as fingerprint
    )
from comparisons
where
    grain in ('month', 'quarter', 'year')
    and (metric, grain, period) not in (
        select (metric, grain, period) from published_values
        where dimension is null and state = 'withheld'
    );

create view published_told_apart as
select
    told_apart.* replace (
        case when how = 'sums' then null else lower end as lower,
        case when how = 'sums' then null else upper end as upper
    )
from told_apart
join published_comparisons using (metric, grain, period);
