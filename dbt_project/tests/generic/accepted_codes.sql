{#- Each column holds codes of its list only. `codes`: column -> list; NULL is left to the contract. -#}
{% test accepted_codes(model, codes) %}
{%- for column, values in codes.items() %}
select
    '{{ column }}' as column_name,
    cast({{ column }} as varchar) as unknown_code
from {{ model }}
where {{ column }} not in ('{{ values | join("', '") }}')
{% if not loop.last %}union all{% endif %}
{%- endfor %}
{% endtest %}
