{#- Each column finds its row in another table. `keys`: column -> [table, column there]. -#}
{% test refers_to(model, keys) %}
{%- for column, target in keys.items() %}
select
    '{{ column }}' as column_name,
    child.{{ column }} as orphan
from {{ model }} as child
anti join {{ ref(target[0]) }} as parent on child.{{ column }} = parent.{{ target[1] }}
where child.{{ column }} is not null
{% if not loop.last %}union all{% endif %}
{%- endfor %}
{% endtest %}
