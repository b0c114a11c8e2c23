with source as (

    select * from {{ source('staged', 'claim') }}

),

renamed as (

    select
        load as load_name,
        claim_id,
        report_id,
        quantity_id,
        indicator_id,
        applicant_type,
        outcome,
        route,
        subject,
        kind,
        value as printed_value,
        unit as printed_unit,
        qualifier,
        by_negation,
        is_implied,
        scope,
        part_of,
        partition,
        is_rest,
        share_part,
        share_whole,
        quote,
        char_start,
        char_end
    from source

)

select * from renamed
