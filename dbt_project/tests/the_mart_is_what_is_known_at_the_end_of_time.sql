-- As of the end of time the table macro must give marts.observation itself.
{% set mart = ref('marts_observation') -%}
(
    select * from {{ mart }}
    except all
    select * from {{ mart.schema }}.observation_as_of(timestamp '9999-12-31')
)
union all
(
    select * from {{ mart.schema }}.observation_as_of(timestamp '9999-12-31')
    except all
    select * from {{ mart }}
)
