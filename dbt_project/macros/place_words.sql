{#-
    Whether a text starts with, ends with or contains (`how`) a word of a role in seed place_word. A pattern made of the words
    would be compiled anew for every row, as only a constant one is compiled once.
-#}
{% macro has_place_word(text, how, role) -%}
exists (
    select 1
    from {{ ref('place_word') }} as place_word
    where place_word.role = '{{ role }}' and {{ how }}({{ text }}, place_word.word)
)
{%- endmacro %}
