{#- One row a key; NULL counts as a value, as in a key with an optional dimension. Hashes are compared first: they are
    smaller than keys, and few are equal. -#}
{% test unique_key(model, columns, where="true") %}
with equal_hash as (

    select hash({{ columns | join(", ") }}) as key_hash
    from {{ model }}
    where {{ where }}
    group by all
    having count(*) > 1

)

select
    {{ columns | join(", ") }},
    count(*) as rows_with_key
from {{ model }}
where
    {{ where }}
    and hash({{ columns | join(", ") }}) in (select equal_hash.key_hash from equal_hash)
group by all
having count(*) > 1
{% endtest %}
