{{ config(materialized='view') }}

-- The measurement in its indicator's unit. A printed unit that does not convert leaves the number as printed, without a unit.
with converted as (

    select
        measurement.*,
        unit_conversion.factor is not null as has_factor,
        coalesce(measurement.corrected_value, measurement.printed_value) as stated_value,
        -- Most figures are counts of single things, and need no multiplication.
        case unit_conversion.factor
            when 1 then stated_value
            else try_cast(stated_value * unit_conversion.factor as decimal(20, 6))
        end as converted_value,
        case unit_conversion.factor
            when 1 then measurement.printed_value
            else try_cast(measurement.printed_value * unit_conversion.factor as decimal(20, 6))
        end as converted_as_printed
    from {{ ref('int_measurement') }} as measurement
    left join {{ ref('unit_conversion') }} as unit_conversion
        on
            measurement.indicator_unit_code = unit_conversion.unit_code
            -- 条(份/项/次) counts in 条; counters are one unit.
            and regexp_replace(measurement.printed_unit, '[(（].*$', '') is not distinct from unit_conversion.printed_unit

),

judged as (

    select
        *,
        has_factor and (stated_value is null) = (converted_value is null) as is_converted,
        -- 未收取费用 prints no unit, and needs none: nothing is nothing in yuan as in 10,000 yuan.
        by_negation and printed_value = 0 and printed_unit is null as is_nothing
    from converted

)

select
    * exclude (
        has_factor,
        corrected_value,
        stated_value,
        converted_value,
        converted_as_printed,
        is_converted,
        is_nothing,
        indicator_unit_code
    ),
    case when is_converted then converted_value else stated_value end as value,
    case when is_converted then converted_as_printed else printed_value end as value_as_printed,
    case when is_converted or is_nothing then indicator_unit_code end as unit_code
from judged
