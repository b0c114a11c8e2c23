with source as (

    select * from {{ source('staged', 'decision') }}

),

renamed as (

    select
        decision_id,
        line,
        decision,
        organ_name,
        division_code,
        year,
        coverage,
        slot_id,
        part,
        expected_value,
        corrected_value,
        who,
        decided_on,
        reason,
        source
    from source

)

select * from renamed
