-- T2-05: amounts that differ from those of their peers (same year, coverage, kind of organ and level) by a large factor.
with amount as (

    select
        figure.figure_id,
        figure.report_id,
        figure.indicator_id,
        figure.known_value,
        report.year,
        report.coverage,
        organ.organ_kind,
        division.level
    from {{ ref('int_figure') }} as figure
    inner join {{ ref('int_series_report') }} as report on figure.report_id = report.report_id
    inner join {{ ref('int_organ_division') }} as organ on report.report_id = organ.report_id
    inner join {{ ref('marts_dim_division') }} as division
        on
            organ.division_code = division.code
            and report.year between division.valid_from and coalesce(division.valid_to, report.year)
    where
        figure.indicator_id = 'admin_charges_collected_amount'
        and figure.known_value > 0

),

peer as (

    select
        year,
        coverage,
        organ_kind,
        level,
        count(*) as peers,
        median(known_value) as median_value
    from amount
    group by year, coverage, organ_kind, level

),

ratio as (

    select
        amount.*,
        peer.peers,
        greatest(amount.known_value / peer.median_value, peer.median_value / amount.known_value) as factor
    from amount
    inner join peer
        on
            amount.year = peer.year
            and amount.coverage = peer.coverage
            and amount.organ_kind = peer.organ_kind
            and amount.level = peer.level

)

select
    ratio.report_id,
    rule.identity_id,
    ratio.indicator_id as instance_key,
    cast(null as varchar) as other_report_id,
    ratio.year || '年' || ratio.peers || '个机关' as other_zh,
    ratio.peers || ' organs, ' || ratio.year as other_en,
    round(ratio.factor, 1) as left_value,
    rule.operator,
    rule.right_constant as right_value,
    ratio.factor < rule.right_constant as holds,
    ratio.figure_id as left_ids,
    cast(null as varchar) as right_ids
from ratio
inner join {{ ref('warehouse_rule') }} as rule on rule.identity_id = 'T2-05'
where ratio.peers >= rule.least_number
