{#- What the contract of a view declares not null is not null: dbt enforces that of tables only. -#}
{% test complete(model) %}
{%- set declared = [] %}
{%- if execute %}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.schema == model.schema and node.alias == model.identifier %}
        {%- for column in node.columns.values() if column.constraints | selectattr('type', 'equalto', 'not_null') | list %}
            {%- do declared.append(column.name) %}
        {%- endfor %}
    {%- endfor %}
    {%- if not declared %}
        {{ exceptions.raise_compiler_error(model ~ " declares no column that is not null") }}
    {%- endif %}
{%- endif %}
select *
from {{ model }}
where false
{%- for column in declared %}
    or {{ column }} is null
{%- endfor %}
{% endtest %}
