-- P-01 to P-03: tables as they cannot well be: the same as last year's, the same as another organ's, all zero while the text
-- is not. Tables are compared whole, by the sum of the hashes of all their known figures.
with content as (

    select
        report_no,
        count(*) as cells,
        count(*) filter (where known_value != 0) as other_than_zero,
        -- A sum needs no order and no memory; the figures of a report are distinct.
        sum(cast(hash(measure_no, known_value) as hugeint)) as fingerprint
    from {{ ref('int_figure') }}
    where
        source = 'table'
        and not is_derived
        and known_value is not null
    group by report_no

),

tables as (

    select
        report.report_id,
        report.organ_key,
        report.organ_name,
        report.coverage,
        report.year,
        report.form,
        content.cells,
        content.other_than_zero,
        content.fingerprint
    from {{ ref('int_series_report') }} as report
    inner join content on report.report_no = content.report_no

),

last_year as (

    select
        one.report_id,
        rule.identity_id,
        other.report_id as other_report_id,
        other.year || '年' as other_zh,
        cast(other.year as varchar) as other_en,
        case when one.fingerprint = other.fingerprint then one.other_than_zero else 0 end as left_value,
        rule.operator,
        rule.right_constant as right_value
    from tables as one
    inner join tables as other
        on
            one.organ_key = other.organ_key
            and one.coverage = other.coverage
            and one.form = other.form
            and one.year - 1 = other.year
    inner join {{ ref('warehouse_rule') }} as rule on rule.identity_id = 'P-01'
    where one.other_than_zero >= rule.least_number

),

twin as (

    select
        year,
        form,
        fingerprint,
        min_by(report_id, (organ_key, coverage)) as first_report_id,
        max_by(report_id, (organ_key, coverage)) as last_report_id,
        count(distinct organ_key) as organs
    from tables
    group by year, form, fingerprint

),

two_organs as (

    select
        one.report_id,
        rule.identity_id,
        case when twin.organs > 1 then other.report_id end as other_report_id,
        case when twin.organs > 1 then other.organ_name else '同年其他机关' end as other_zh,
        case when twin.organs > 1 then other.organ_name else 'any other organ of the year' end as other_en,
        case when twin.organs > 1 then one.other_than_zero else 0 end as left_value,
        rule.operator,
        rule.right_constant as right_value
    from tables as one
    inner join twin
        on
            one.year = twin.year
            and one.form = twin.form
            and one.fingerprint = twin.fingerprint
    inner join tables as other
        on case when one.report_id = twin.first_report_id then twin.last_report_id else twin.first_report_id end = other.report_id
    inner join {{ ref('warehouse_rule') }} as rule on rule.identity_id = 'P-02'
    where one.other_than_zero >= rule.least_number

),

stated as (

    -- Figures of the text that are not zero, of an indicator that the tables hold as well.
    select distinct
        claim.report_id,
        claim.observation_id
    from {{ ref('marts_observation') }} as claim
    inner join {{ ref('int_figure') }} as figure
        on
            claim.report_id = figure.report_id
            and claim.indicator_id = figure.indicator_id
    where
        claim.source = 'claim'
        and claim.value != 0
        and figure.source = 'table'

),

all_zero as (

    select
        one.report_id,
        rule.identity_id,
        cast(null as varchar) as other_report_id,
        cast(null as varchar) as other_zh,
        cast(null as varchar) as other_en,
        count(stated.observation_id) as left_value,
        rule.operator,
        rule.right_constant as right_value
    from tables as one
    inner join {{ ref('warehouse_rule') }} as rule on rule.identity_id = 'P-03'
    left join stated on one.report_id = stated.report_id
    where one.other_than_zero = 0 and one.cells >= rule.least_number
    group by one.report_id, rule.identity_id, rule.operator, rule.right_constant

),

result as (

    select * from last_year
    union all
    select * from two_organs
    union all
    select * from all_zero

)

select
    report_id,
    identity_id,
    'tables' as instance_key,
    other_report_id,
    other_zh,
    other_en,
    left_value,
    operator,
    right_value,
    left_value <= right_value as holds,
    cast(null as varchar) as left_ids,
    cast(null as varchar) as right_ids
from result
