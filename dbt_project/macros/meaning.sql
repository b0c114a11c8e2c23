{#- What a claim means depends on its words and on the form of its report; no slot is called so. -#}
{% macro claim_meaning(stated) -%}
{{ stated }}.form || '#' || {{ stated }}.quantity_id
{%- endmacro %}

{#- A figure that names no member of a dimension its indicator has is the figure of the whole. -#}
{% macro dimensions_of(figure, indicator) -%}
case when {{ indicator }}.has_applicant_type then coalesce({{ figure }}.applicant_type, 'total') end as applicant_type,
    case when {{ indicator }}.has_outcome then coalesce({{ figure }}.outcome, 'total') end as outcome,
    case when {{ indicator }}.has_route then coalesce({{ figure }}.route, 'all') end as route
{%- endmacro %}
