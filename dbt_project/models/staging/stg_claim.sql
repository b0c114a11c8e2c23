with source as (

    select * from {{ source('staged', 'claim') }}

),

renamed as (

    select
        load as load_name,
        claim_id,
        report_id,
        indicator_id,
        applicant_type,
        outcome,
        route,
        value as printed_value,
        unit as printed_unit,
        qualifier,
        by_negation,
        quote,
        char_start,
        char_end
    from source

)

select * from renamed
