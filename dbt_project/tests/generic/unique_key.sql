{#- One row a key; NULL counts as a value, as in a key with an optional dimension. -#}
{% test unique_key(model, columns, where="true") %}
select
    {{ columns | join(", ") }},
    count(*) as rows_with_key
from {{ model }}
where {{ where }}
group by all
having count(*) > 1
{% endtest %}
