{#-
    Tables and views are made where they belong, in one transaction: the build database is scratch, so nothing is kept under
    another name and moved aside, and nobody asks the catalog what was just written. That is most of what dbt's own ways cost.
-#}
{% materialization table, adapter="duckdb", supported_languages=["sql"] %}
    {{ return(make_in_place('table')) }}
{% endmaterialization %}

{% materialization view, adapter="duckdb" %}
    {{ return(make_in_place('view')) }}
{% endmaterialization %}

{% macro make_in_place(kind) %}
    {%- set former = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type=kind) -%}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if former is not none -%}
        {%- do adapter.drop_relation(former) -%}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ create_table_as(False, target, sql) if kind == 'table' else get_create_view_as_sql(target, sql) }}
    {%- endcall -%}
    {%- do persist_docs(target, model) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do adapter.commit() -%}
    {{ return({'relations': [target]}) }}
{% endmacro %}

{#- The comments of a table and of all its declared columns, at once; a column that the table does not have is an error. -#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}
    {%- set statements = [] -%}
    {%- if for_relation and config.persist_relation_docs() and model.description -%}
        {%- do statements.append(duckdb__alter_relation_comment(relation, model.description)) -%}
    {%- endif -%}
    {%- if for_columns and config.persist_column_docs() -%}
        {%- for column in model.columns.values() if column.description -%}
            {%- set comment = duckdb_escape_comment(column.description) -%}
            {%- do statements.append('comment on column ' ~ relation ~ '.' ~ column.name ~ ' is ' ~ comment ~ ';') -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if statements -%}
        {%- call statement('comments') -%}
            {{ statements | join('\n') }}
        {%- endcall -%}
    {%- endif -%}
{% endmacro %}

{#-
    Whether the model has the columns that its contract declares, by name and type. Types are declared as DuckDB calls them: only
    where the two differ in writing is dbt asked, which lets DuckDB read the declared ones, and says what differs.
-#}
{% macro duckdb__get_assert_columns_equivalent(sql) %}
    {%- set declared = [] -%}
    {%- for column in model.columns.values() -%}
        {%- do declared.append(column.name | lower ~ ' ' ~ (column.data_type or '') | lower | replace(' ', '')) -%}
    {%- endfor -%}
    {%- set found = [] -%}
    {%- for column in get_column_schema_from_query(sql, config.get('sql_header', none)) -%}
        {%- do found.append(column.name | lower ~ ' ' ~ column.dtype | lower | replace(' ', '')) -%}
    {%- endfor -%}
    {%- if declared | sort != found | sort -%}
        {{ return(assert_columns_equivalent(sql)) }}
    {%- endif -%}
{% endmacro %}
