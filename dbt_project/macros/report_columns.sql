{#- What an observation says of its report. Taken where its cell meets the report: a second join of all observations is dear. -#}
{% macro report_columns(relation) -%}
{%- for column in [
    'load_name', 'report_no', 'organ_name', 'division_code', 'year', 'period_end', 'form', 'coverage', 'verdict', 'is_current'
] -%}
{{ relation }}.{{ column }}{{ ",\n        " if not loop.last }}
{%- endfor -%}
{%- endmacro %}
