-- G3T2-04: amounts of central procurement that the form prints no unit for. A row each report that states one.
select
    observation.report_id,
    rule.identity_id,
    observation.indicator_id as instance_key,
    cast(null as varchar) as other_report_id,
    cast(null as varchar) as other_zh,
    cast(null as varchar) as other_en,
    count(*) filter (where observation.unit_code is null) as left_value,
    rule.operator,
    rule.right_constant as right_value,
    count(*) filter (where observation.unit_code is null) = rule.right_constant as holds,
    string_agg(observation.observation_id, ' ' order by observation.observation_id) as left_ids,
    cast(null as varchar) as right_ids
from {{ ref('marts_observation') }} as observation
inner join {{ ref('warehouse_rule') }} as rule on rule.identity_id = 'G3T2-04'
where
    observation.indicator_id = 'central_procurement_amount'
    and observation.source = 'table'
    and observation.value > 0
group by observation.report_id, observation.indicator_id, rule.identity_id, rule.operator, rule.right_constant
