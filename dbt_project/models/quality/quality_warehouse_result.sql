-- Rules that need more than one table of one report: other years, the region and its parts, peers, the kind of organ. None
-- holds a report. Grain: a report, rule and instance.
with compared as (

    {% for model in [
        'int_rule_linear', 'int_rule_jump', 'int_rule_peer', 'int_rule_unit', 'int_rule_copy', 'int_rule_region',
        'int_rule_growth',
    ] -%}
    select
        report_id,
        identity_id,
        instance_key,
        other_report_id,
        other_zh,
        other_en,
        cast(left_value as decimal(20, 6)) as left_value,
        operator,
        cast(right_value as decimal(20, 6)) as right_value,
        case holds when true then 'PASS' when false then 'FAIL' else 'NOT_ASSESSABLE' end as status,
        left_ids,
        right_ids
    from {{ ref(model) }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

result as (

    select
        *,
        case
            when status = 'NOT_ASSESSABLE' then '?'
            when operator = '=' then if(status = 'PASS', '=', '≠')
            when operator = '!=' then if(status = 'PASS', '≠', '=')
            when operator = '<=' then if(status = 'PASS', '≤', '>')
            when operator = '>=' then if(status = 'PASS', '≥', '<')
        end as relation
    from compared

)

select
    result.report_id,
    result.identity_id,
    result.instance_key,
    result.other_report_id,
    result.left_value,
    result.operator,
    result.right_value,
    cast(result.left_value - result.right_value as decimal(20, 6)) as difference,
    result.status,
    identity.severity,
    result.left_ids,
    result.right_ids,
    {{ warehouse_sentence('zh') }} as sentence_zh,
    {{ warehouse_sentence('en') }} as sentence_en,
    identity.title_zh,
    identity.title_en,
    report.organ_key,
    report.organ_name,
    report.year,
    report.form,
    report.coverage,
    report.verdict
from result
inner join {{ ref('int_series_report') }} as report on result.report_id = report.report_id
inner join {{ ref('identity') }} as identity on result.identity_id = identity.identity_id
left join {{ ref('indicator') }} as indicator on split_part(result.instance_key, '/', 1) = indicator.indicator_id
left join {{ ref('instance') }} as instance on result.instance_key = instance.instance
left join {{ ref('route') }} as route on split_part(result.instance_key, '/', 2) = route.route
