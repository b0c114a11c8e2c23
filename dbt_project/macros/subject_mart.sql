{#-
    The preferred observations of one subject, a row a figure, with every code's label beside it.
    Totals stay rows of their own, marked by is_total: nothing is summed here.
-#}
{% macro subject_mart(subject) -%}
select
    observation.observation_id,
    observation.report_id,
    observation.organ_name,
    observation.division_code,
    observation.year,
    observation.period_end,
    observation.form,
    form.name_zh as form_zh,
    form.name_en as form_en,
    observation.coverage,
    coverage.label_zh as coverage_zh,
    coverage.label_en as coverage_en,
    indicator.topic,
    observation.indicator_id,
    indicator.name_zh as indicator_zh,
    indicator.name_en as indicator_en,
    {%- if subject == 'requests' %}
    observation.applicant_type,
    applicant_type.label_zh as applicant_type_zh,
    applicant_type.label_en as applicant_type_en,
    {%- endif %}
    {%- if subject == 'disputes' %}
    observation.outcome,
    outcome.label_zh as outcome_zh,
    outcome.label_en as outcome_en,
    outcome.outcome_group,
    observation.route,
    route.label_zh as route_zh,
    route.label_en as route_en,
    {%- endif %}
    observation.period,
    period.label_zh as period_zh,
    period.label_en as period_en,
    observation.source,
    observation.value,
    observation.unit_code,
    observation.value_status,
    observation.implied_value,
    observation.match_type,
    observation.is_total,
    observation.additive,
    observation.verdict
from {{ ref('marts_observation') }} as observation
inner join {{ ref('indicator') }} as indicator on observation.indicator_id = indicator.indicator_id
left join {{ ref('form') }} as form on observation.form = form.form
left join {{ ref('code') }} as coverage on coverage.codelist = 'coverage' and observation.coverage = coverage.code
left join {{ ref('code') }} as period on period.codelist = 'period' and observation.period = period.code
{%- if subject == 'requests' %}
left join {{ ref('applicant_type') }} as applicant_type on observation.applicant_type = applicant_type.applicant_type
{%- endif %}
{%- if subject == 'disputes' %}
left join {{ ref('outcome') }} as outcome on observation.outcome = outcome.outcome
left join {{ ref('route') }} as route on observation.route = route.route
{%- endif %}
where
    indicator.subject = '{{ subject }}'
    and observation.is_preferred
{%- endmacro %}
