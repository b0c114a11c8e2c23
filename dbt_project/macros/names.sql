{#- Where a table stands and what it is called: `provenance_report` in schema provenance is provenance.report. -#}

{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}

{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
    {%- set prefix = (node.config.schema or "") ~ "_" -%}
    {%- if custom_alias_name -%} {{ custom_alias_name | trim }}
    {%- elif node.config.schema and node.name.startswith(prefix) -%} {{ node.name[prefix | length:] }}
    {%- else -%} {{ node.name }}
    {%- endif -%}
{%- endmacro %}
