{#-
    The sentence a clerk can act on, from the rule's own wording: which rule, where, both numbers and the relation they stand in.
-#}
{% macro failure_sentence(language) -%}
    failure.identity_id || ' '
    || coalesce(instance.label_{{ language }}, indicator.name_{{ language }}, failure.instance_key)
    || coalesce(' (' || failure.part || ')', '') || ': '
    || replace(
        replace(
            replace(
                identity.wording_{{ language }},
                '{left}', {{ plain_number('failure.left_value') }}
            ),
            '{right}', {{ plain_number('failure.right_value') }}
        ),
        '{relation}', case failure.operator when '=' then '≠' else '>' end
    )
{%- endmacro %}

{#- A number without the zeros after its last decimal. -#}
{% macro plain_number(column) -%}
    rtrim(rtrim(cast({{ column }} as varchar), '0'), '.')
{%- endmacro %}

{#- The sentence of a rule between reports: what is compared, both numbers and how they stand; what is unknown is a question mark. -#}
{% macro warehouse_sentence(language) -%}
    result.identity_id || ' '
    || coalesce(instance.label_{{ language }}, indicator.name_{{ language }}, identity.title_{{ language }})
    || coalesce(' (' || route.label_{{ language }} || ')', '') || ': '
    || replace(
        replace(
            replace(
                replace(
                    identity.wording_{{ language }},
                    '{left}', coalesce({{ plain_number('result.left_value') }}, '?')
                ),
                '{right}', coalesce({{ plain_number('result.right_value') }}, '?')
            ),
            '{other}', coalesce(result.other_{{ language }}, '')
        ),
        '{relation}', result.relation
    )
{%- endmacro %}
