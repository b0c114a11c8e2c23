{#-
    Whether two rows of int_report (or of what it is made of) tell of the same organ, year and coverage, and the second comes
    before the first in rank: then the second takes its place while both may stand in the marts.
-#}
{% macro outranks(lower, higher) -%}
    {{ lower }}.is_identified
    and {{ higher }}.is_identified
    and {{ lower }}.organ_name = {{ higher }}.organ_name
    and {{ lower }}.year = {{ higher }}.year
    and {{ lower }}.coverage = {{ higher }}.coverage
    and {{ lower }}.vintage_rank > {{ higher }}.vintage_rank
    and coalesce({{ lower }}.division_code = {{ higher }}.division_code, not {{ lower }}.is_shared_name)
{%- endmacro %}

{#-
    What marts.observation held at a moment (UTC): of the reports known by then and not held then, those that no other took the
    place of, with the values of then. A table macro, so that the release answers it wherever it is opened.
-#}
{% macro observation_as_of() -%}
create or replace macro {{ this.schema }}.observation_as_of(moment) as table
with known as (
    select
        report_id,
        decided_at is null or decided_at <= moment as is_decided,
        case when is_decided then verdict else printed_verdict end as verdict_then
    from {{ published_name(ref('provenance_report')) }}
    where known_from <= moment
),

standing as (
    select * from known where verdict_then != 'held'
),

outranked as (
    select vintage.report_id
    from {{ published_name(ref('provenance_vintage')) }} as vintage
    semi join standing on vintage.newer_report_id = standing.report_id
)

select
    {% for column in adapter.get_columns_in_relation(this) -%}
    {% if column.name == 'value' -%}
    case when observation.is_corrected and not standing.is_decided then observation.value_as_printed else observation.value end as value
    {%- elif column.name == 'verdict' -%} standing.verdict_then as verdict
    {%- elif column.name == 'is_corrected' -%} observation.is_corrected and standing.is_decided as is_corrected
    {%- elif column.name == 'decision_id' -%} case when standing.is_decided then observation.decision_id end as decision_id
    {%- else -%} observation.{{ column.name }}
    {%- endif %}{{ "," if not loop.last }}
    {% endfor -%}
from {{ published_name(ref('provenance_observation')) }} as observation
inner join standing on observation.report_id = standing.report_id
anti join outranked on observation.report_id = outranked.report_id
{%- endmacro %}

{#- A table by schema and name alone: a release is opened under any catalog name. -#}
{% macro published_name(relation) -%}
{{ relation.schema }}.{{ relation.identifier }}
{%- endmacro %}
