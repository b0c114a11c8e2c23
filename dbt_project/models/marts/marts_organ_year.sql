{%- set headline = [
    ('requests_received', "indicator_id = 'requests_received' and applicant_type = 'total'"),
    ('requests_accepted', "indicator_id = 'requests_accepted'"),
    ('requests_carried_in', "indicator_id = 'requests_carried_in' and applicant_type = 'total'"),
    ('requests_disposed_total', "indicator_id = 'requests_disposed_total' and applicant_type = 'total'"),
    ('requests_carried_out', "indicator_id = 'requests_carried_out' and applicant_type = 'total'"),
    ('granted_full', "indicator_id = 'granted_full' and applicant_type = 'total'"),
    ('granted_partial', "indicator_id = 'granted_partial' and applicant_type = 'total'"),
    ('reconsideration_total', "indicator_id = 'reconsideration_cases' and outcome = 'total'"),
    ('reconsideration_corrected', "indicator_id = 'reconsideration_cases' and outcome = 'corrected'"),
    ('litigation_all_total', "indicator_id = 'litigation_cases' and outcome = 'total' and route = 'all'"),
    ('litigation_direct_total', "indicator_id = 'litigation_cases' and outcome = 'total' and route = 'direct'"),
    ('litigation_after_reconsideration_total', "indicator_id = 'litigation_cases' and outcome = 'total' and route = 'after_reconsideration'"),
    ('normative_documents_issued', "indicator_id = 'normative_documents_issued'"),
] -%}
{%- set harmonised = ['granted_full_harmonised', 'not_held_harmonised', 'refused_statutory_harmonised'] -%}

-- The headline figures of a current report side by side. Every column is one printed figure or one derived in the open:
-- nothing is added up over applicants, outcomes or routes, and a figure that the form does not print is NULL.
-- Where no table was read the figures are those of the prose, as `source` says.
with printed as (

    select
        {%- for name, condition in headline %}
        max(case when {{ condition }} then value end) as {{ name }},
        {%- endfor %}
        -- Rates may use a blank that printed totals force to a value; uses_implied says so.
        max(
            case when indicator_id = 'granted_partial' and applicant_type = 'total' then coalesce(value, implied_value) end
        ) as granted_partial_or_implied,
        min(source) as source,
        report_id
    from {{ ref('marts_observation') }}
    where
        is_preferred
        and source = case form when 'prose' then 'claim' else 'table' end
        and period = 'annual'
    group by report_id

),

derived as (

    select
        report_id,
        {%- for name in harmonised %}
        max(case when indicator_id = '{{ name }}' then value end) as {{ name }},
        {%- endfor %}
        bool_or(implied_parts > 0 and ends_with(indicator_id, '_harmonised')) as uses_implied
    from {{ ref('marts_harmonised') }}
    where coalesce(applicant_type, 'total') = 'total'
    group by report_id

),

series as (

    select
        *,
        lag(form) over same_series as previous_form,
        lag(year) over same_series as previous_year
    from {{ ref('provenance_report') }}
    where is_current
    window same_series as (
        -- Reports without an organ are no series.
        partition by organ_name, division_code, coverage, case when organ_name is null then report_id end
        order by year asc, report_id asc
    )

)

select
    series.report_id,
    series.organ_name,
    series.division_code,
    series.year,
    series.period_end,
    series.form,
    form.name_zh as form_zh,
    form.name_en as form_en,
    series.coverage,
    coverage.label_zh as coverage_zh,
    coverage.label_en as coverage_en,
    series.verdict,
    {%- for name, _ in headline %}
    printed.{{ name }},
    {%- endfor %}
    {%- for name in harmonised %}
    derived.{{ name }},
    {%- endfor %}
    cast(
        (derived.granted_full_harmonised + printed.granted_partial_or_implied)
        / nullif(printed.requests_disposed_total, 0)
        as decimal(12, 6)
    ) as disclosure_rate_harmonised,
    coalesce(derived.uses_implied, false)
    or (printed.granted_partial is null and printed.granted_partial_or_implied is not null) as uses_implied,
    series.previous_year,
    series.previous_form is not null and series.previous_form != series.form as is_series_break,
    printed.source
from series
left join printed on series.report_id = printed.report_id
left join derived on series.report_id = derived.report_id
left join {{ ref('form') }} as form on series.form = form.form
left join {{ ref('code') }} as coverage on coverage.codelist = 'coverage' and series.coverage = coverage.code
